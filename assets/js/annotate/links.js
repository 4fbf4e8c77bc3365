// Where the page Annotate leads to.

import { at, go } from "../page/address.js";
import { create } from "../page/dom.js";

/** A link within the page, opened in place unless a modifier key is held. */
export function annotateLink(parameters, words, classes = "link") {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ queue: null, item: null, view: null, run: null, ...parameters });
  };
  const query = new URLSearchParams(parameters).toString();
  return create("a", { classes, attributes: { href: `${at("annotate")}${query ? `?${query}` : ""}`, dir: "auto" }, on: { click: open } }, words);
}
