// Every run that was kept: search, filters, a table that is quick to read; opening one, and what can be done with several.

import { go, onChange, parameter } from "./page/address.js";
import { create, show } from "./page/dom.js";
import { entitle } from "./page/title.js";
import { onRecordChange } from "./traces/changes.js";
import { compareRuns } from "./traces/comparing.js";
import { query } from "./traces/criteria.js";
import { deleteRuns } from "./traces/deletion.js";
import { exportRuns } from "./traces/export_runs.js";
import { Filters } from "./traces/filters.js";
import { bindListKeys } from "./traces/list_keys.js";
import { Listing } from "./traces/listing.js";
import { ListState } from "./traces/list_state.js";
import { notice } from "./traces/notice.js";
import { OpenedBar } from "./traces/opened_bar.js";
import { Selection } from "./traces/selection.js";
import { SelectionBar } from "./traces/selection_bar.js";
import { TracesTable } from "./traces/table.js";
import { addTag } from "./traces/tagging.js";
import { Watch } from "./page/watch.js";

const FEW = 10; // rows; with fewer the list is filled up

class TracesList {
  #opened = null; // the run that was opened, in place of the list
  #scrolled = 0; // how far the list was scrolled when it was

  constructor(element) {
    this.filters = new Filters(() => this.#toFirst());
    this.selection = new Selection(() => this.#showTicks());
    this.table = new TracesTable(this.selection);
    this.state = new ListState(() => this.listing.load());
    this.bar = new SelectionBar({
      compare: () => compareRuns(this.selection.ids),
      save: () => this.save(this.selection.ids),
      tag: (tag) => addTag(this.selection.ids, tag).then(() => this.filters.renew()),
      remove: () => this.remove(this.selection.runs.values()),
      clear: () => this.selection.clear(),
    });
    this.more = create("button", { classes: "button more", attributes: { type: "button" }, on: { click: () => this.listing.more() } }, "More");
    this.over = new OpenedBar((step) => this.openBeside(step));
    this.list = create("div", {}, create("h1", {}, "Traces"), this.filters.element, this.state.element, this.table.element, this.more, this.bar.element);
    element.append(this.over.element, this.list);
    this.listing = new Listing({
      loading: () => this.#loading(),
      came: (runs) => this.#show(runs),
      added: (runs) => this.#show([...this.table.runs, ...runs]),
      renewed: (runs, all) => this.#renewed(all ? runs : this.table.covered(runs)),
      refused: (message) => this.#settle(() => this.state.refused(message)),
      lost: () => this.#settle(() => this.state.lost()),
    });
    this.watch = new Watch(() => this.#renew());
    onRecordChange("deleted", ({ runs }) => this.#removed(runs));
    onRecordChange("restored", ({ runs }) => this.#renew({ all: true, count: this.table.runs.length + runs.length }));
    onRecordChange("curated", ({ run, ...curation }) => this.table.update(run, curation));
    history.scrollRestoration = "manual"; // a list that is still to come cannot be scrolled to
    bindListKeys(this);
    onChange(() => this.#follow());
    show(this.more, false);
    this.#follow();
    this.filters.renew();
  }

  get opened() {
    return this.#opened !== null;
  }

  /** The runs that are ticked, else the one the keys act on. */
  get chosen() {
    const current = this.table.currentRow;
    return this.selection.size ? [...this.selection.runs.values()] : current ? [current.run] : [];
  }

  /** Make the row that is `step` further down the current one, and load more at the end. */
  async move(step) {
    const run = await this.#beside(this.table.current, step);
    if (run) this.table.focus(run.id);
  }

  /** Open the run that is `step` rows from the opened one. */
  async openBeside(step) {
    const run = await this.#beside(this.#opened, step);
    if (run) go({ run: run.id, replay: null }, { replace: true });
  }

  async save(ids) {
    if (!ids.length) return;
    try {
      await exportRuns(ids);
    } catch (error) {
      notice.say(`Nothing was saved: ${error.message}`);
    }
  }

  remove(runs) {
    return deleteRuns([...runs]);
  }

  /** Show what the address asks for: the list, or one run in its place. */
  #follow() {
    const run = parameter("run");
    const before = this.#opened;
    if (run && !before) this.#scrolled = scrollY;
    this.#opened = run;
    show(this.over.element, Boolean(run));
    show(this.list, !run);
    if (run) {
      this.watch.set(false);
      this.#showPlace();
      if (run !== before) scrollTo(0, 0);
      if (!before) this.over.title.focus({ preventScroll: true });
      return;
    }
    entitle("Traces");
    this.filters.show();
    if (this.listing.criteria !== String(query())) {
      this.loaded = this.listing.load();
      return;
    }
    if (!before) return;
    scrollTo(0, this.#scrolled);
    this.table.focus(this.table.placeOf(before) ? before : this.table.current);
    this.filters.renew();
    this.#renew();
  }

  async #beside(id, step) {
    const found = this.table.beside(id, step);
    if (found || step < 0 || !this.listing.next) return found;
    await this.listing.more();
    return this.table.beside(id, step);
  }

  async #toFirst() {
    await this.loaded;
    const first = this.table.beside(null, 0);
    if (first) this.table.focus(first.id);
  }

  #loading() {
    this.state.loading();
    this.table.element.setAttribute("aria-busy", "true");
  }

  #show(runs) {
    this.table.set(runs);
    this.selection.renew(runs);
    this.#settle(() => this.state.shown(runs.length));
    this.#showTicks();
    this.#showPlace();
    this.watch.set(!this.opened && runs.some(({ status }) => status === "running"));
  }

  #settle(say) {
    this.table.element.removeAttribute("aria-busy");
    show(this.more, Boolean(this.listing.next));
    say();
  }

  #showTicks() {
    this.table.showTicks();
    const { runs } = this.table;
    this.bar.update(this.selection.size, runs.filter(({ id }) => this.selection.has(id)).length);
  }

  #showPlace() {
    if (this.opened) this.over.update(this.table.placeOf(this.#opened), this.table.runs.length, Boolean(this.listing.next));
  }

  #removed(runs) {
    this.selection.drop(runs);
    this.table.remove(runs);
    if (this.table.runs.length < FEW && this.listing.next) this.#renew();
    else this.#show(this.table.runs);
    this.filters.renew();
  }

  /** Without overlap with what was shown, the list begins anew. */
  #renewed(runs) {
    if (runs) this.#show(runs);
    else this.loaded = this.listing.load();
  }

  #renew({ all = false, count = this.table.runs.length } = {}) {
    return this.listing.renew(count, { all });
  }
}

export function attach(element) {
  new TracesList(element);
}
