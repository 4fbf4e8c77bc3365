// Critiques: who said what to whom, a row each, that unfolds to the text.

import { colour } from "../page/colour.js";
import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { firstLine } from "../page/format.js";
import { numbersOf } from "./panel.js";
import { Section } from "./section.js";
import { phaseOf, stateOf } from "./state.js";
import { StreamedText } from "./streamed_text.js";

export class CritiqueSection extends Section {
  constructor(step = "critique", title = "Critiques") {
    super(title);
    this.step = step;
    this.unfold = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#unfoldAll() } }, "Unfold all");
    this.element.firstElementChild.append(this.unfold);
    this.rows = create("div", { classes: "critiques" });
    this.element.append(this.rows);
    this.critiques = new Keyed(this.rows, () => new Critique());
  }

  update(record) {
    this.critiques.update(record.callsOf(this.step), (call) => call.name, (critique, call) => critique.update(record, call));
  }

  #unfoldAll() {
    const rows = [...this.rows.children];
    const open = rows.some((row) => !row.open);
    for (const row of rows) row.open = open;
    setText(this.unfold, open ? "Fold all" : "Unfold all");
  }
}

class Critique {
  constructor() {
    this.critic = create("span", { classes: "who" });
    this.author = create("span", { classes: "who" });
    this.state = create("span", { classes: "state" });
    this.line = create("span", { classes: "line", attributes: { dir: "auto" } });
    this.text = new StreamedText();
    this.problem = create("p", { classes: "problem" });
    this.numbers = create("p", { classes: "numbers quiet" });
    const arrow = create("span", { classes: "quiet", attributes: { "aria-label": "to" } }, "→");
    this.element = create(
      "details",
      { classes: "critique" },
      create("summary", {}, create("span", { classes: "pair" }, this.critic, arrow, this.author), this.line, this.state),
      this.text.element,
      this.problem,
      this.numbers,
    );
  }

  update(record, call) {
    const critic = record.expert(call.expert);
    const author = record.expert(record.calls.get(call.target)?.expert ?? "");
    mark(this.element, "phase", phaseOf(record, call));
    mark(this.element, "call", call.name);
    colour(this.element, critic.place);
    colour(this.critic, critic.place);
    colour(this.author, author.place);
    setText(this.critic, critic.title);
    setText(this.author, author.title);
    setText(this.state, call.state === "done" ? "" : stateOf(record, call));
    setText(this.line, call.state === "failed" ? call.message : firstLine(call.text));
    this.text.set(call.text);
    setText(this.problem, call.message);
    show(this.problem, call.state === "failed");
    setText(this.numbers, numbersOf(call));
  }
}
