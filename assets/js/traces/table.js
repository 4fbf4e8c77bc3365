// The table of runs: its rows, which of them is the current one, and the ticks in it.

import { create, Keyed, show } from "../page/dom.js";
import { TraceRow } from "./trace_row.js";

const COLUMNS = ["When", "Question", "Protocol", "Experts", "Status", "Answer", "Tokens", "Time"];

export class TracesTable {
  constructor(selection) {
    this.selection = selection;
    this.rows = [];
    this.current = null; // the id of the run that keys act on
    this.anchor = null; // the row from which a range is ticked
    this.all = create("input", { attributes: { type: "checkbox" }, on: { click: () => this.#tickAll() } });
    this.body = create("tbody", { on: { focusin: ({ target }) => (this.current = target.closest("tr").dataset.run) } });
    this.kept = new Keyed(this.body, (run) => new TraceRow(run, (row, event) => this.#tick(row, event)));
    const head = COLUMNS.map((title) => create("th", { attributes: { scope: "col" } }, title));
    const tick = create("th", { classes: "tick" }, create("label", {}, this.all, create("span", { classes: "unseen" }, "Tick all shown")));
    this.element = create("table", { classes: "traces-table" }, create("thead", {}, create("tr", {}, tick, ...head)), this.body);
  }

  get runs() {
    return this.rows.map((row) => row.run);
  }

  /** The row that keys act on, null where none has been chosen or it is gone. */
  get currentRow() {
    return this.#row(this.current);
  }

  /** Show these runs in this order. */
  set(runs) {
    const focused = this.body.contains(document.activeElement);
    this.kept.update(runs, ({ id }) => id, (row, run) => row.run !== run && row.update(run));
    this.rows = runs.map(({ id }) => this.kept.parts.get(id));
    show(this.element, this.rows.length > 0);
    this.showTicks();
    if (focused && !this.body.contains(document.activeElement)) this.focus(this.current, { still: true });
  }

  /** The runs of the list with `runs`, its top as read anew, in the place of those they cover; null where they cover none. */
  covered(runs) {
    const renewed = new Set(runs.map(({ id }) => id));
    const last = this.rows.findLastIndex(({ run }) => renewed.has(run.id));
    return last < 0 ? null : [...runs, ...this.runs.slice(last + 1)];
  }

  /** Take runs out; where the current one goes, the one that follows becomes it. */
  remove(ids) {
    const gone = new Set(ids);
    const place = this.rows.findIndex((row) => row.run.id === this.current);
    const stays = ({ run }) => !gone.has(run.id);
    const next = this.rows.slice(Math.max(0, place)).find(stays) ?? this.rows.slice(0, Math.max(0, place)).findLast(stays);
    this.current = next?.run.id ?? null;
    this.set(this.runs.filter(({ id }) => !gone.has(id)));
    next?.link.focus();
  }

  update(id, changed) {
    const row = this.#row(id);
    row?.update({ ...row.run, ...changed });
  }

  /** Give the row of a run the focus, and bring it into view unless `still`. */
  focus(id, { still = false } = {}) {
    const row = this.#row(id);
    if (!row) return;
    row.link.focus({ preventScroll: true });
    if (!still) row.element.scrollIntoView({ block: "nearest" });
  }

  /** The run that is `step` rows below the run `id`, or null; the first one where `id` is not on the list. */
  beside(id, step) {
    const place = this.rows.findIndex((row) => row.run.id === id);
    return (place < 0 ? this.rows[0] : this.rows[place + step])?.run ?? null;
  }

  /** Where the run `id` stands on the list, counted from 1, 0 where it does not. */
  placeOf(id) {
    return this.rows.findIndex((row) => row.run.id === id) + 1;
  }

  showTicks() {
    for (const row of this.rows) row.tick(this.selection.has(row.run.id));
    const ticked = this.rows.filter((row) => this.selection.has(row.run.id)).length;
    this.all.checked = ticked > 0 && ticked === this.rows.length;
    this.all.indeterminate = ticked > 0 && ticked < this.rows.length;
  }

  #row(id) {
    return this.rows.find((row) => row.run.id === id) ?? null;
  }

  #tickAll() {
    this.selection.set(this.runs, this.all.checked);
  }

  /** With the shift key held, all rows from the one ticked before take the same. */
  #tick(row, { shiftKey }) {
    const from = this.rows.indexOf(this.anchor);
    const to = this.rows.indexOf(row);
    const range = shiftKey && from >= 0 ? this.rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [row];
    this.anchor = row;
    this.selection.set(range.map(({ run }) => run), row.box.checked);
  }
}
