// Critiques: who said what to whom, as a graph and in a row each.

import { create, Keyed, setText, show } from "../page/dom.js";
import { row } from "../page/format.js";
import { CritiqueGraph } from "./critique_graph.js";
import { CritiqueRow } from "./critique_row.js";
import { RerankedChoices } from "./reranked_choices.js";
import { Section } from "./section.js";

export class CritiqueSection extends Section {
  constructor(round = 1) {
    super(round === 1 ? "Critiques" : `Critiques, round ${round}`);
    this.step = "critique";
    this.round = round;
    this.unfold = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#unfoldAll() } }, "Unfold all");
    this.everybody = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.graph.choose(null) } }, "Show all");
    this.element.firstElementChild.append(this.unfold, this.everybody);
    this.graph = new CritiqueGraph({ open: (call) => this.rows.parts.get(call).show(), chosen: () => this.#narrow() });
    this.list = create("div", { classes: "critiques" });
    this.list.addEventListener("reveal", (event) => this.#reveal(event.target.dataset.call));
    this.choices = new RerankedChoices("critiques");
    this.drawn = create("p", { classes: "quiet" });
    this.element.append(this.drawn, create("div", { classes: "criticism" }, this.graph.element, this.list), this.choices.element);
    this.rows = new Keyed(this.list, (call) => {
      const pointed = (pointing) => this.graph.light(pointing ? call.name : null);
      return new CritiqueRow({ changed: () => this.#selected(), pointed });
    });
  }

  update(record) {
    this.record = record;
    const calls = record.callsOf(this.step, this.round);
    this.rows.update(calls, (call) => call.name, (row, call) => row.update(record, call));
    this.graph.update(record, calls);
    this.choices.update(record, this.step, this.round);
    const drawn = drawnBy(record, calls);
    setText(this.drawn, drawn);
    show(this.drawn, Boolean(drawn));
    this.#narrow();
  }

  /** Show the row of a call that somebody wants to read. */
  #reveal(call) {
    if (this.rows.parts.get(call).element.hidden) this.graph.choose(null);
    this.rows.parts.get(call).show();
  }

  /** An expert chosen in the graph leaves the rows that are by it or about it. */
  #narrow() {
    const { chosen } = this.graph;
    for (const { element, call } of this.rows.parts.values()) {
      show(element, chosen === null || call.expert === chosen || this.record.calls.get(call.target)?.expert === chosen);
    }
    show(this.everybody, chosen !== null);
  }

  #selected() {
    this.graph.select([...this.rows.parts].filter(([, row]) => row.element.open).map(([name]) => name));
    setText(this.unfold, this.#shownRows().some((row) => !row.element.open) ? "Unfold all" : "Fold all");
  }

  #shownRows() {
    return [...this.rows.parts.values()].filter((row) => !row.element.hidden);
  }

  #unfoldAll() {
    const rows = this.#shownRows();
    const open = rows.some((row) => !row.element.open);
    for (const row of rows) row.turn(open);
    this.#selected();
  }
}

/** By which weights the critics of these calls were drawn, heaviest first; empty where they came in turn. */
function drawnBy(record, calls) {
  const weights = new Map();
  for (const call of calls) for (const [expert, weight] of Object.entries(record.critics.get(call.target)?.weights ?? {})) weights.set(expert, weight);
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).map(([expert, weight]) => `${record.expert(expert).title} ${weight.toFixed(2)}`);
  return heaviest.length ? `Critics drawn by the quality of their critiques: ${row(...heaviest)}` : "";
}
