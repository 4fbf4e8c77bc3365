// Choosing a column: a search over the runs that were kept, and of each run the whole or one of its experts.

import { colour } from "../page/colour.js";
import { create, setText, show } from "../page/dom.js";
import { moment, row } from "../page/format.js";
import { read } from "../page/read.js";
import { columnName } from "./columns.js";
import { answered } from "./words.js";

const MOST = 20; // runs that are listed
const PAUSE = 250; // milliseconds between the last letter and the search

export class Picker {
  #asked = { taken: [], open: [], question: null }; // what `update` was called with last

  /** `picked(name)` is told which column the reader chose. */
  constructor(picked) {
    this.picked = picked;
    this.runs = new Map(); // the runs that were found, by id
    this.search = create("input", { classes: "field search", attributes: { type: "search", placeholder: "Search the questions and texts of runs", "aria-label": "Search runs" }, on: { input: () => this.#typed() } });
    this.same = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#search(this.#asked.question) } }, "Runs of the same question");
    this.told = create("p", { classes: "quiet", attributes: { role: "status" } });
    this.list = create("ul", { classes: "pick-runs", attributes: { "aria-label": "Runs" } });
    this.element = create("div", { classes: "picker" }, this.search, this.same, this.told, this.list);
    show(this.same, false);
  }

  /**
   * List what matches by now. `taken` are columns that cannot be chosen any more, `open` the runs that stand first,
   * `question` is what another run is wanted for.
   */
  async update({ taken, open, question = null }) {
    this.#asked = { taken, open, question };
    show(this.same, Boolean(question));
    clearTimeout(this.timer);
    const asked = (this.asked = Symbol("asked"));
    const text = this.search.value.trim();
    try {
      const page = await read(`runs?${new URLSearchParams({ text, limit: MOST })}`);
      if (asked !== this.asked) return;
      for (const run of page.runs) this.runs.set(run.id, run);
      const first = text ? [] : open;
      const listed = [...first, ...page.runs.filter(({ id }) => !first.some((run) => run.id === id))];
      this.list.replaceChildren(...listed.map((run) => this.#item(run)));
      const none = text ? "No run matches." : "No run yet. Ask a question first; then its run stands here.";
      setText(this.told, listed.length ? (page.next ? `The newest ${MOST} that match; search to find others.` : "") : none);
    } catch (error) {
      if (asked === this.asked) setText(this.told, error.status ? error.message : "Connection lost: type again to try anew.");
    }
    show(this.told, Boolean(this.told.textContent));
  }

  /** A run with its experts, whether it is listed or not. Throws as `read` does. */
  async know(id) {
    if (!this.runs.get(id)?.experts.length) this.runs.set(id, await read(`compare/run?${new URLSearchParams({ run: id })}`));
    return this.runs.get(id);
  }

  #search(words) {
    this.search.value = words.split(/\s+/).join(" "); // a field has no lines
    this.update(this.#asked);
  }

  #typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(this.#asked), PAUSE);
  }

  #item(run) {
    const experts = run.experts.length ? this.#experts(run) : [this.#unfolding(run)];
    return create(
      "li",
      {},
      create("p", { classes: "asked", attributes: { dir: "auto" } }, run.question),
      create("p", { classes: "quiet numbers", attributes: { dir: "auto" } }, row(run.created_at ? moment(run.created_at) : null, run.protocol, run.answer === undefined ? null : answered(run.answer, run.correct))),
      create("p", { classes: "chips" }, this.#button(columnName(run.id), "Whole run", run, null), ...experts),
    );
  }

  #experts(run) {
    return run.experts.map(({ name, title, place }) => this.#button(columnName(run.id, name), title, run, place));
  }

  /** What asks for the experts of a run that recruited none. */
  #unfolding(run) {
    const unfold = async () => {
      try {
        const experts = this.#experts(await this.know(run.id));
        button.replaceWith(...(experts.length ? experts : [create("span", { classes: "quiet" }, "No expert has written anything.")]));
        experts.find(({ disabled }) => !disabled)?.focus();
      } catch (error) {
        setText(this.told, error.status ? error.message : "Connection lost: try again.");
        show(this.told, true);
      }
    };
    const button = create("button", { classes: "link", attributes: { type: "button", "aria-label": `One of its experts, of: ${run.question.slice(0, 80)}` }, on: { click: unfold } }, "One of its experts …");
    return button;
  }

  #button(name, words, run, place) {
    const attributes = { type: "button", "aria-label": `${words}, of: ${run.question.slice(0, 80)}`, disabled: this.#asked.taken.includes(name) };
    const button = create("button", { classes: place === null ? "button" : "button who", attributes, on: { click: () => this.picked(name) } }, words);
    colour(button, place);
    return button;
  }
}
