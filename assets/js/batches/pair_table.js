// The fourfold table of two batches: both right, only one, neither. Each number leads to its questions.

import { create } from "../page/dom.js";

/** `open(which)` brings a list of `compared` before the reader. */
export function pairTable(compared, [name, other], open) {
  const head = (words, scope) => create("th", { attributes: { scope } }, words);
  const cell = (which, words) => create("td", { classes: "number" }, number(compared[which].length, words, () => open(which)));
  const row = (words, whenRight, whenNot) => create("tr", {}, head(`${name} ${words}`, "row"), cell(whenRight, `${name} ${words}, ${other} right`), cell(whenNot, `${name} ${words}, ${other} not right`));
  return create(
    "table",
    { classes: "parts pairs" },
    create("caption", { classes: "unseen" }, "Questions by which of the two batches is right"),
    create("thead", {}, create("tr", {}, create("td"), head(`${other} right`, "col"), head(`${other} not right`, "col"))),
    create("tbody", {}, row("right", "both", "only_this"), row("not right", "only_other", "neither")),
  );
}

function number(value, words, open) {
  const shown = value.toLocaleString("en-GB");
  if (!value) return shown;
  return create("button", { classes: "link", attributes: { type: "button", "aria-label": `${shown} with ${words}: show the questions` }, on: { click: open } }, shown);
}
