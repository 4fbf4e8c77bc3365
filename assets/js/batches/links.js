// Where numbers lead: to the runs that they count, and to other batches.

import { at, go } from "../page/address.js";
import { create } from "../page/dom.js";

/** A number that leads to its runs in Traces, narrowed by `criteria`; without any a number that leads nowhere. */
export function runsLink(value, criteria, words) {
  const shown = value.toLocaleString("en-GB");
  if (!value) return create("span", {}, shown);
  const href = `${at("traces")}?${new URLSearchParams(criteria)}`;
  return create("a", { classes: "link", attributes: { href, "aria-label": `${shown} ${words}: show the runs` } }, shown);
}

/** One run, in Traces. */
export function runHref(run) {
  return `${at("traces")}?${new URLSearchParams({ run })}`;
}

/** A link to a batch, or to one against another, opened in place unless a modifier key is held. */
export function batchLink(parameters, words, classes = "link") {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ batch: null, against: null, ...parameters });
  };
  const href = `${at("batches")}?${new URLSearchParams(parameters)}`;
  return create("a", { classes, attributes: { href, dir: "auto" }, on: { click: open } }, words);
}
