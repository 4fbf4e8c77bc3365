// How suitable each expert is: local score × global score, the chance that comes of it, and who was drawn.

import { colour } from "../page/colour.js";
import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { size } from "../page/format.js";
import { ScoreBar } from "./score_bar.js";

const HEAD = ["Expert", "Local: these skills", "× Global: overall", "= Suitability", "Chance", "Drawn"];

export class SuitabilityPlot {
  constructor() {
    this.rows = create("tbody");
    const head = HEAD.map((title) => create("th", { attributes: { scope: "col" } }, title));
    this.table = create("table", { classes: "suitability", attributes: { "aria-label": "Suitability of the experts" } }, create("thead", {}, create("tr", {}, ...head)), this.rows);
    this.exactly = create("p", { classes: "quiet" });
    this.everybody = create("p", { classes: "quiet everybody" }, "All experts of the pool take part: as many were asked for as it has.");
    this.formula = create(
      "details",
      { classes: "formula" },
      create("summary", {}, create("b", {}, "Suitability"), " = what an expert’s profile says about these skills × how good it is overall. The higher, the likelier it is drawn."),
      this.exactly,
    );
    this.element = create("div", { classes: "suitability-plot" }, this.formula, this.table, this.everybody);
    this.candidates = new Keyed(this.rows, () => new CandidateRow());
    this.shown = undefined; // the event of which it is shown
  }

  update(record) {
    const { recruited } = record;
    if (recruited === this.shown) return;
    this.shown = recruited;
    show(this.element, Boolean(recruited));
    if (!recruited) return;
    const { candidates, drawn, replacement } = recruited;
    const extent = { low: -most(candidates, -1), high: most(candidates, 1) };
    const order = (one) => (one.drawn ? drawn.indexOf(one.expert) : drawn.length);
    const sorted = [...candidates].sort((a, b) => order(a) - order(b) || b.suitability - a.suitability);
    this.candidates.update(sorted, (one) => one.expert, (row, one) => row.update(record, one, extent));
    const way = replacement ? "with replacement, so an expert can come more than once" : "one after the other, each at most once";
    setText(this.exactly, `Local: for each of these skills, one point up for every validation question on it that the expert answered right, one down for every wrong one. Global: its points over all skills as a share of the pool’s; where somebody has fewer than none, all are first raised alike until the lowest has one. An expert without a profile counts as the least suited. The chance at the first draw is the softmax of suitability at temperature 0.5. Drawn: ${drawn.length}, ${way}.`);
    show(this.everybody, !replacement && candidates.length > 1 && drawn.length === candidates.length);
  }

  spotlight(skill) {
    for (const row of this.candidates.parts.values()) row.local.spotlight(skill);
  }
}

/** The longest sum of scores of one sign that any candidate has. */
function most(candidates, sign) {
  const sums = candidates.map((one) => Object.values(one.by_skill).reduce((sum, score) => sum + Math.max(0, sign * score), 0));
  return Math.max(0, ...sums);
}

class CandidateRow {
  constructor() {
    this.name = create("th", { classes: "who", attributes: { scope: "row" } });
    this.local = new ScoreBar();
    this.global = new Share();
    this.suitability = create("span", { classes: "number" });
    this.chance = new Share();
    this.drawn = create("td", { classes: "drawn" });
    const cells = [this.local.element, this.global.element, this.suitability, this.chance.element];
    const measured = cells.map((cell, place) => create("td", { attributes: { "data-measure": ["", "× overall", "=", "chance"][place] } }, cell));
    this.element = create("tr", {}, this.name, ...measured, this.drawn);
  }

  update(record, candidate, extent) {
    const expert = record.expert(candidate.expert);
    colour(this.element, expert.place);
    colour(this.name, expert.place);
    mark(this.element, "drawn", candidate.drawn > 0);
    setText(this.name, `${expert.title} ${size(expert)}`.trim());
    this.local.update(candidate, extent);
    this.global.update(candidate.global_score, candidate.global_score.toFixed(2));
    setText(this.suitability, candidate.suitability.toFixed(Math.abs(candidate.suitability) < 1 ? 2 : 1).replace("-", "−"));
    this.chance.update(candidate.probability, chance(candidate.probability));
    setText(this.drawn, howDrawn(record.recruited, candidate));
  }
}

function chance(probability) {
  if (probability > 0.995 && probability < 1) return "> 99 %";
  if (probability < 0.005) return "< 1 %";
  return `${Math.round(probability * 100)} %`;
}

function howDrawn({ drawn, replacement }, candidate) {
  if (!candidate.drawn) return "not drawn";
  if (replacement) return candidate.drawn > 1 ? `drawn ×${candidate.drawn}` : "drawn";
  return `drawn ${ordinal(drawn.indexOf(candidate.expert) + 1)}`;
}

function ordinal(number) {
  const ending = Math.floor(number / 10) === 1 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

/** A share from 0 to 1 as a small bar with its number. */
class Share {
  constructor() {
    this.fill = create("span", { classes: "fill" });
    this.number = create("span", { classes: "number" });
    this.element = create("span", { classes: "share" }, this.number, create("span", { classes: "track", attributes: { "aria-hidden": "true" } }, this.fill));
  }

  update(share, number) {
    this.fill.style.width = `${share * 100}%`;
    setText(this.number, number);
  }
}
