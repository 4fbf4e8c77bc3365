// A text that came with a question, folded away under its name.

import { create } from "./dom.js";

/** The fold of a document, or of the text to check. */
export function documentFold(words, text) {
  return create("details", { classes: "document" }, create("summary", {}, words), create("p", { attributes: { dir: "auto" } }, text));
}
