// One column's part of a row: who speaks, what it comes to, and the text as sentences.

import { colour } from "../page/colour.js";
import { create, mark, show } from "../page/dom.js";
import { count, row as inRow } from "../page/format.js";
import { EqualFolds } from "./equal_folds.js";
import { factsView } from "./facts_view.js";
import { SentenceText } from "./sentence_text.js";
import { answered } from "./words.js";

const STATES = { queued: "waiting", running: "still writing", failed: "failed", cancelled: "stopped", interrupted: "interrupted" };
const LETTERS = 52; // of a line
const MOST_LINES = 22; // that are seen without scrolling

export class CompareCell {
  /** The cell of `row` in `column`, which stands at `place`; `listener` as SentenceText takes it. */
  constructor(row, column, place, listener) {
    this.cell = row.cells[place];
    this.expected = Boolean(this.cell?.characters) && !this.cell.facts;
    const named = `${row.title}: ${this.cell?.title ?? column.title}`;
    this.text = create("div", { classes: "cell-text", attributes: { role: "group", "aria-label": named } });
    this.shown = new SentenceText(this.text, place, listener);
    this.folds = new EqualFolds(this.shown);
    this.changes = create("div", { classes: "changes cell-text", attributes: { tabindex: 0, role: "group", dir: "auto", "aria-label": `Before and after, ${named}` } });
    this.said = create("p", { classes: "problem", attributes: { role: "status" } });
    show(this.changes, false);
    this.element = create("article", { classes: "compare-cell", attributes: { "data-column": column.name } });
    if (this.cell) this.element.append(headOf(this.cell, row, column), this.said, ...this.#body());
    else this.element.append(create("p", { classes: "quiet" }, "–", create("span", { classes: "unseen" }, ` ${column.title} has no such step`)));
    this.say("");
  }

  /** The sentences, once they have come. */
  get sentences() {
    return this.shown.sentences;
  }

  /** Show the text and the sentences of `filled`, as `record/compare/row` gives it. */
  async fill(filled, groups) {
    await this.shown.fill(filled, groups);
    this.text.style.minHeight = "";
    mark(this.element, "loading", null);
  }

  /** Show what changed in the text's place, or the text. */
  showChanges(wanted) {
    show(this.changes, wanted);
    show(this.text, !wanted);
  }

  say(words) {
    this.said.textContent = words;
    show(this.said, Boolean(words));
  }

  #body() {
    const { facts, status, characters } = this.cell;
    if (facts) return [factsView(facts)];
    if (!this.expected) return [create("p", { classes: "quiet" }, `No text${STATES[status] ? `: ${STATES[status]}` : ""}.`)];
    const lines = Math.min(MOST_LINES, Math.ceil(characters / LETTERS));
    mark(this.element, "loading", "");
    this.text.style.minHeight = `${lines * 1.55}em`;
    this.text.append(...Array.from({ length: Math.min(lines, 4) }, () => create("span", { classes: "skeleton", attributes: { "aria-hidden": "true" } })));
    return [this.text, this.changes];
  }
}

function headOf(cell, row, column) {
  const { expert, title, place, answer, correct, verdict, chosen, tokens, status } = cell;
  const who = expert && expert !== column.expert ? create("span", { classes: "who" }, title) : null;
  if (who) colour(who, place);
  const own = cell.label && cell.label !== row.label ? create("span", { classes: "quiet" }, cell.label) : null;
  const words = verdict ? `finds it ${verdict}` : row.step === "critique" && status === "done" ? "no verdict" : answer !== null && answer !== undefined ? answered(answer, correct) : null;
  const said = words ? create("span", { classes: "verdict", attributes: { dir: "auto" } }, words) : null;
  if (said) mark(said, "correct", correct);
  const numbers = inRow(chosen ? "chosen" : null, tokens ? count(tokens, "token") : null, STATES[status]);
  return create("div", { classes: "cell-head" }, who, own, said, create("span", { classes: "quiet numbers" }, numbers));
}
