// What the plot of minds shows, as a table.

import { create } from "../page/dom.js";
import { roundName } from "./mind_lines.js";
import { answered, listed, movement } from "./words.js";

function told({ answer, correct, alike, samples }) {
  return `${answered(answer, correct)}${samples > 1 ? ` (${alike} of ${samples})` : ""}`;
}

/** The answers of each line by round, and after whose critiques they changed. */
export function mindTable(lines, rounds) {
  const head = (words, scope) => create("th", { attributes: { scope } }, words);
  const rows = lines.map(({ title, points, changes }) => {
    const cells = rounds.map((round) => {
      const point = points.find((one) => one.round === round);
      return create("td", { attributes: { dir: "auto" } }, point ? told(point) : "–");
    });
    const changed = changes.map(({ kind, critics }) => `${movement(kind)}${critics.length ? ` after ${listed(critics.map((critic) => critic.title))}` : ""}`);
    return create("tr", {}, head(title, "row"), ...cells, create("td", {}, changed.join("; ") || "–"));
  });
  return create(
    "div",
    { classes: "scrolling", attributes: { tabindex: 0, role: "group", "aria-label": "Answers by round" } },
    create("table", { classes: "mind-table" }, create("thead", {}, create("tr", {}, create("td"), ...rounds.map((round) => head(roundName(round), "col")), head("changed", "col"))), create("tbody", {}, ...rows)),
  );
}
