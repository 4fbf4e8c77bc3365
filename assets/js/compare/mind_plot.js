// Who changed whose mind: the experts' answers over the rounds, and after whose critiques they changed.

import { create } from "../page/dom.js";
import { count } from "../page/format.js";
import { draw } from "../page/svg.js";
import { mindLines, roundName } from "./mind_lines.js";
import { drawLine, drawPull, LANE, layoutOf } from "./mind_shapes.js";
import { mindTable } from "./mind_table.js";
import { movement, tally } from "./words.js";

const WIDEST = 640; // pixels
const AXIS = 26; // the height of the names of the rounds

export class MindPlot {
  /** `columns` as `record/compare` gives them. */
  constructor(columns) {
    this.told = mindLines(columns);
    const { lines, left, rounds } = this.told;
    const changes = lines.flatMap((line) => line.changes);
    const words = changes.length ? told(changes) : rounds.length > 1 ? "Nobody changed an answer." : "Nobody refined an answer here.";
    this.svg = draw("svg", { role: "img", "aria-label": `${words} The table below says the same.` });
    this.figure = create("div", { classes: "mind-figure" }, this.svg);
    const rest = left ? create("p", { classes: "quiet" }, `${count(left, "expert")} more kept to their answers.`) : null;
    const drawn = rounds.length > 1 && lines.length ? [this.figure, rest, create("details", {}, create("summary", { classes: "link" }, "As a table"), mindTable(lines, rounds))] : [];
    this.element = create("section", { classes: "mind-plot", attributes: { "aria-label": "Who changed whose mind" } }, create("h2", {}, "Who changed whose mind"), create("p", { classes: "quiet" }, words), ...drawn);
    this.resized = new ResizeObserver(([{ contentRect }]) => this.#draw(Math.min(WIDEST, Math.floor(contentRect.width))));
    if (drawn.length) this.resized.observe(this.figure);
  }

  close() {
    this.resized.disconnect();
  }

  #draw(width) {
    if (!width || width === this.width) return;
    this.width = width;
    const { lines, rounds } = this.told;
    const layout = layoutOf(width, rounds);
    const height = lines.length * LANE + AXIS;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const pulls = lines.flatMap((line, lane) => line.changes.flatMap((change) => change.critics.map((critic) => {
      const from = lines.findIndex((other) => other.run === line.run && other.column === line.column && other.expert === critic.expert);
      const elsewhere = from >= 0 ? from : lines.findIndex((other) => other.run === line.run && other.expert === critic.expert);
      return elsewhere < 0 ? null : drawPull(lines[elsewhere], elsewhere, lane, change.round, layout);
    }))).filter(Boolean);
    const names = rounds.map((round) => draw("text", { x: layout.x(round), y: height - 8, "text-anchor": "middle", class: "axis" }, roundName(round)));
    this.svg.replaceChildren(draw("g", {}, ...pulls), ...lines.map((line, lane) => drawLine(line, lane, layout)), draw("g", {}, ...names));
  }
}

function told(changes) {
  const kinds = {};
  for (const { kind } of changes) kinds[movement(kind)] = (kinds[movement(kind)] ?? 0) + 1;
  return `${count(changes.length, "answer")} changed: ${tally(kinds)}.`;
}
