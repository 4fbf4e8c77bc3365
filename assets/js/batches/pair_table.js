// The fourfold table of two batches: both right, only one, neither.

import { create } from "../page/dom.js";

export function pairTable({ both, only_this: onlyThis, only_other: onlyOther, neither }, [name, other]) {
  const cells = [
    ["right", both, onlyThis.length],
    ["not right", onlyOther.length, neither],
  ];
  const head = (words, scope) => create("th", { attributes: { scope } }, words);
  const rows = cells.map(([words, ...values]) => create("tr", {}, head(`${name} ${words}`, "row"), ...values.map((value) => create("td", { classes: "number" }, value.toLocaleString("en-GB")))));
  return create(
    "table",
    { classes: "parts pairs" },
    create("caption", { classes: "unseen" }, "Questions by which of the two batches is right"),
    create("thead", {}, create("tr", {}, create("td"), head(`${other} right`, "col"), head(`${other} not right`, "col"))),
    create("tbody", {}, ...rows),
  );
}
