// All batches, newest first, and what the page says while there is none.

import { create, Keyed, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { BatchRow } from "./batch_row.js";

const COLUMNS = [["When", ""], ["Questions", ""], ["Protocol", ""], ["Pool", ""], ["Done", ""], ["Accuracy", ""], ["Tokens", " a question"], ["Calls", " a question"], ["Seconds", " a question"]];
const HOW = "disputatio batch questions.jsonl --protocol symbolic-moe";

export class BatchList {
  constructor() {
    this.rows = [];
    this.told = create("p", { classes: "told", attributes: { role: "status" } }, "Loading …");
    this.empty = create(
      "div",
      { classes: "told" },
      create("p", {}, "No batch yet. A batch poses every question of a file to the experts of a pool, and tells how many they answer right:"),
      create("pre", { attributes: { tabindex: 0 } }, create("code", {}, HOW)),
      create("p", { classes: "quiet" }, "Each line of the file is a question as JSON: question, choices, answer, category. It appears here as soon as it begins."),
    );
    this.body = create("tbody");
    this.kept = new Keyed(this.body, (summary) => new BatchRow(summary));
    const head = COLUMNS.map(([title, of]) => create("th", { attributes: { scope: "col" } }, title, create("span", { classes: "of" }, of)));
    this.table = create("table", { classes: "batches-table" }, create("thead", {}, create("tr", {}, ...head)), this.body);
    this.element = create("div", {}, create("h1", {}, "Batches"), this.told, this.empty, this.table);
    show(this.empty, false);
    show(this.table, false);
  }

  /** Read the list; whether a batch is still going on. */
  async look() {
    try {
      const batches = await read("batches");
      this.kept.update(batches, ({ batch }) => batch.id, (row, summary) => row.update(summary));
      this.rows = batches.map(({ batch }) => this.kept.parts.get(batch.id));
      show(this.told, false);
      show(this.empty, batches.length === 0);
      show(this.table, batches.length > 0);
      return batches.some(({ batch }) => batch.status !== "done");
    } catch (error) {
      setText(this.told, error.status ? error.message : "Connection lost, trying again …");
      show(this.told, true);
      return true;
    }
  }

  /** Give the focus to the batch `step` further down than the one that has it. */
  move(step) {
    const place = this.rows.findIndex((row) => row.element.contains(document.activeElement));
    const row = this.rows[place < 0 ? 0 : Math.max(0, Math.min(this.rows.length - 1, place + step))];
    row?.link.focus();
  }

  /** Give the focus back to the batch that was opened. */
  focus(id) {
    this.rows.find((row) => row.id === id)?.link.focus();
  }
}
