// One critique: who said what to whom, in a line that unfolds to the text.

import { colour } from "../page/colour.js";
import { bringIntoView, create, mark, setText, show } from "../page/dom.js";
import { firstLine } from "../page/format.js";
import { annotationsOf, saidOf } from "./annotations.js";
import { CallText } from "./call_text.js";
import { JudgementChip, judgementOf } from "./judgement.js";
import { numbersOf } from "./panel.js";
import { phaseOf, stateOf } from "./state.js";

const LONGEST_LINE = 300; // characters, more than a row has room for

export class CritiqueRow {
  #asked = false; // whether it was asked for what was said of the critique

  /** `changed()` is called when the row was unfolded or folded, `pointed(whether)` when the reader points at it. */
  constructor({ changed, pointed }) {
    this.critic = create("span", { classes: "who" });
    this.author = create("span", { classes: "who" });
    this.judgement = new JudgementChip();
    this.chosen = create("span", { classes: "chosen" });
    this.state = create("span", { classes: "state" });
    this.line = create("span", { classes: "line", attributes: { dir: "auto" } });
    this.text = new CallText();
    this.problem = create("p", { classes: "problem" });
    this.numbers = create("p", { classes: "numbers quiet" });
    this.annotated = create("p", { classes: "annotated quiet", attributes: { dir: "auto" } });
    show(this.annotated, false);
    const arrow = create("span", { classes: "quiet", attributes: { "aria-label": "to", role: "img" } }, "→");
    const toggled = () => {
      this.#fill();
      changed();
    };
    this.summary = create(
      "summary",
      { on: { focus: () => pointed(true), blur: () => pointed(false) } },
      create("span", { classes: "pair" }, this.critic, arrow, this.author),
      this.judgement.element,
      this.chosen,
      this.line,
      this.state,
    );
    const on = { toggle: toggled, pointerenter: () => pointed(true), pointerleave: () => pointed(false) };
    this.element = create("details", { classes: "critique", on }, this.summary, this.text.element, this.problem, this.numbers, this.annotated);
  }

  update(record, call) {
    this.call = call;
    this.record = record;
    const critic = record.expert(call.expert);
    const author = record.expert(record.calls.get(call.target)?.expert ?? "");
    mark(this.element, "phase", phaseOf(record, call));
    mark(this.element, "call", call.name);
    const chosen = record.reranking.chosen(call.name);
    mark(this.element, "chosen", chosen);
    setText(this.chosen, chosen ? "✓ chosen" : "not chosen");
    show(this.chosen, chosen !== null);
    colour(this.element, critic.place);
    colour(this.critic, critic.place);
    colour(this.author, author.place);
    setText(this.critic, critic.title);
    setText(this.author, author.title);
    this.judgement.update(judgementOf(record, call));
    setText(this.state, call.state === "done" ? "" : stateOf(record, call));
    setText(this.line, call.state === "failed" ? call.message : firstLine(call.text.slice(0, LONGEST_LINE)));
    this.#fill();
  }

  /** Unfold or fold the row. */
  turn(open) {
    this.element.open = open;
    this.#fill();
  }

  /** Unfold the row, and lead the reader to it. */
  show() {
    this.turn(true);
    bringIntoView(this.element, "nearest");
    this.summary.focus({ preventScroll: true });
  }

  /** Only an unfolded row needs its text: a large run has a hundred of them. */
  #fill() {
    if (!this.element.open || !this.call) return;
    const { call } = this;
    this.text.update(this.record, call);
    setText(this.problem, call.message);
    show(this.problem, call.state === "failed");
    setText(this.numbers, numbersOf(call));
    if (this.record.finished) this.#showAnnotated();
  }

  async #showAnnotated() {
    if (this.#asked) return;
    this.#asked = true;
    const said = await annotationsOf(this.record.run).then(
      (annotations) => saidOf(annotations, this.call.name),
      (error) => `What was annotated could not be read: ${error.message}`,
    );
    setText(this.annotated, said);
    show(this.annotated, said !== "");
  }
}
