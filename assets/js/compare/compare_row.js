// One step of all columns side by side.

import { bringIntoView, create, label, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { read } from "../page/read.js";
import { CompareCell } from "./compare_cell.js";
import { query } from "./columns.js";
import { differencesOf, order } from "./differences.js";
import { RefinedTexts } from "./refined_texts.js";
import { Scrolling } from "./scrolling.js";
import { Swipe } from "./swipe.js";
import { WordDiff } from "./word_diff.js";

export class CompareRow {
  #collapsed = false; // whether what is equal is
  #state = "waiting"; // then "loading" and "loaded"
  #groups = [];
  #differences = []; // sentences, in the order of reading

  /** `row` and `columns` as `record/compare` gives them; `again(row)` is called when the reader wants to try again. */
  constructor(row, columns, { highlight, head, again }) {
    this.row = row;
    this.columns = columns;
    const chosen = (sentence) => highlight.turn(this, sentence);
    this.cells = columns.map((column, place) => new CompareCell(row, column, place, { chosen, moved: (sentence, by) => this.#across(sentence, by) }));
    this.turn = create("button", { classes: "turn", attributes: { type: "button", "aria-expanded": "true" }, on: { click: () => this.expand(this.body.hidden) } }, row.title);
    this.said = create("span", { classes: "problem", attributes: { role: "status" } });
    this.trouble = create("p", { classes: "chips" }, this.said, create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => again(this) } }, "Try again"));
    show(this.trouble, false);
    this.beside = create("div", { classes: "compare-cells", attributes: { role: "group", "aria-label": `Columns, ${row.title}` } }, ...this.cells.map(({ element }) => element));
    this.diff = new WordDiff(row, columns, this.beside);
    this.refined = new RefinedTexts(row, columns, this.cells);
    this.scrolling = new Scrolling(this.cells, () => this.#groups);
    this.swipe = new Swipe(this.beside, head);
    this.body = create("div", { classes: "row-body" }, this.trouble, this.diff.element, this.beside);
    const round = row.round ? create("span", { classes: "quiet numbers" }, `round ${row.round}`) : null;
    this.element = create(
      "section",
      { classes: "compare-row", attributes: { "data-row": row.id, "data-step": row.step, "aria-label": row.title }, on: { contentvisibilityautostatechange: (event) => event.target === this.element && this.swipe.sleep(event.skipped) } },
      create("div", { classes: "row-head" }, create("h2", {}, this.turn), round, create("span", { classes: "row-tools" }, this.refined.button, this.diff.tools)),
      this.body,
    );
  }

  close() {
    this.swipe.close();
    this.scrolling.close();
  }

  expand(wanted) {
    show(this.body, wanted);
    this.turn.setAttribute("aria-expanded", String(wanted));
  }

  focus() {
    this.turn.focus({ preventScroll: true });
    bringIntoView(this.element);
  }

  turnDiff() {
    this.expand(true);
    this.diff.turn();
  }

  /** Show the columns' sentences, whatever stood in their place. */
  showSentences() {
    this.expand(true);
    if (this.diff.on) this.diff.turn();
    if (this.refined.on) this.refined.turn();
  }

  /** The first difference after a sentence, or the last one before it where `step` is negative; null where none is. */
  differenceBeside(sentence, step) {
    const beyond = this.#differences.filter((other) => !sentence || order(this.cells, other, sentence) * step > 0);
    return beyond.at(step > 0 ? 0 : -1) ?? null;
  }

  /** Fold the sentences that all columns say, or show all. */
  collapseEqual(wanted) {
    this.#collapsed = wanted;
    if (this.#state !== "loaded") return;
    const texts = this.cells.filter(({ sentences }) => sentences.length).length;
    for (const { folds } of this.cells) folds.set(wanted, texts);
    this.scrolling.measureAnew();
  }

  /** Read and show the texts, once. */
  async load() {
    if (this.#state !== "waiting") return;
    this.#state = "loading";
    show(this.trouble, false);
    try {
      if (this.cells.some(({ expected }) => expected)) await this.#show(await read(`compare/row?${query(this.columns.map(({ name }) => name), { row: this.row.id })}`));
      this.#state = "loaded";
      if (this.#collapsed) this.collapseEqual(true);
    } catch (error) {
      this.#state = "waiting";
      setText(this.said, error.status ? error.message : "The connection was lost before these texts came.");
      show(this.trouble, true);
    }
  }

  async #show({ cells, groups }) {
    const known = new Map(groups.map((group) => [group.id, { ...group, shown: [] }]));
    for (const [place, cell] of cells.entries()) if (cell) await this.cells[place].fill(cell, known);
    this.#groups = [...known.values()];
    this.#differences = differencesOf(this.cells);
    const contradictions = groups.filter(({ contradiction }) => contradiction).length;
    label(this.element, contradictions ? `${this.row.title}, ${count(contradictions, "contradiction")}` : this.row.title);
    this.scrolling.measureAnew();
  }

  /** From a sentence to its counterpart in the column beside, or to what stands as far down there. */
  #across(sentence, by) {
    let place = sentence.column + by;
    while (this.cells[place] && !this.cells[place].sentences.length) place += by;
    const sentences = this.cells[place]?.sentences;
    if (!sentences) return;
    const counterpart = sentence.group?.shown.find(({ column }) => column === place);
    (counterpart ?? sentences[Math.min(sentences.length - 1, sentence.index)]).focus();
  }
}
