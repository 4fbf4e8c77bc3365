// Figures of agreement as tables.

import { create } from "../page/dom.js";
import { count } from "../page/format.js";

/** A coefficient with two decimals, or a dash that says why there is none. */
export function coefficient(value, reason) {
  if (value === null) return create("span", { classes: "quiet", attributes: { title: reason } }, "–");
  return create("b", {}, value.toFixed(2).replace("-", "−"));
}

/** A table with a caption; `rows` of cells, the first of which names its row. A cell is text or an element. */
export function figures(caption, heads, rows) {
  return create(
    "div",
    { classes: "figures-scroll", attributes: { tabindex: 0, role: "group", "aria-label": caption } },
    create(
      "table",
      { classes: "figures" },
      create("caption", {}, caption),
      create("thead", {}, create("tr", {}, ...heads.map((head) => create("th", { attributes: { scope: "col" } }, head)))),
      create("tbody", {}, ...rows.map(([name, ...cells]) => create("tr", {}, create("th", { attributes: { scope: "row" } }, name), ...cells.map((cell) => create("td", {}, cell))))),
    ),
  );
}

/** Krippendorff's alpha for verdicts, for whether it was followed, and for labels. */
export function alphaTable(caption, { verdict, followed, labels, by_label: byLabel }) {
  const line = (name, { alpha, units, reason }) => [name, coefficient(alpha, reason), alpha === null ? (reason ?? "") : count(units, "item")];
  const used = byLabel.filter((label) => label.used);
  return figures(caption, ["", "alpha", ""], [
    line("Verdict", verdict),
    line("Followed", followed),
    [...line("Labels", labels).slice(0, 2), labels.alpha === null ? (labels.reason ?? "") : `${labels.units} items × labels`],
    ...used.map(({ title, alpha, used: times }) => [create("span", { classes: "indented" }, title), coefficient(alpha.alpha, alpha.reason), alpha.alpha === null ? alpha.reason ?? "" : `used ${times} times`]),
  ]);
}

/** Cohen's kappa and the overlap of spans, for each two annotators. */
export function pairTable(caption, pairs) {
  return figures(caption, ["", "items", "verdict κ", "agreed", "labels κ", "span F1"], pairs.map(({ first, second, items, verdict, labels, spans }) => [
    `${first} and ${second}`,
    String(items),
    coefficient(verdict.kappa, verdict.reason),
    verdict.agreed === null ? "–" : `${Math.round(verdict.agreed * 100)} %`,
    coefficient(labels.kappa, labels.reason),
    coefficient(spans.f1, spans.reason),
  ]));
}

/** Each model judge against the people. */
export function judgeTable(judges) {
  return figures("Model judges against the people's majority", ["", "items", "verdict κ", "labels κ", "span F1"], judges.map(({ judge, verdict, labels, spans }) => [
    judge,
    String(verdict.items),
    coefficient(verdict.kappa, verdict.reason),
    coefficient(labels.kappa, labels.reason),
    coefficient(spans.f1, spans.reason),
  ]));
}
