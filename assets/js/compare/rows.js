// The rows of a comparison, one for each step: their texts come when they come near, and keys move among them.

import { create, setText, show } from "../page/dom.js";
import { CompareRow } from "./compare_row.js";
import { Highlight } from "./highlight.js";
import { pause } from "./pause.js";

const NEAR = "600px 0px"; // how near to the window a row is when its texts are asked for
const AT_ONCE = 50; // rows that are made without a pause: runs of many experts have hundreds

export class Rows {
  #building = Promise.resolve(); // one row is built at a time
  #near = new Set(); // rows whose texts are to come; one that has gone out of sight no longer waits
  #filling = false;
  #going = false;
  #told; // what the rows are made of
  #collapsed = false; // whether what is equal is
  #together = true; // whether columns scroll together
  #closed = false;

  /** `compared`: what `record/compare` answers; `head`: the columns' heads. */
  constructor({ columns, rows }, head) {
    this.said = create("p", { classes: "unseen", attributes: { role: "status" } });
    this.highlight = new Highlight((words) => setText(this.said, words));
    this.head = head;
    this.columns = columns;
    this.#told = rows;
    this.rows = [];
    this.none = create("p", { classes: "told" }, "These columns have nothing that could stand side by side yet.");
    show(this.none, rows.length === 0);
    this.element = create("div", { classes: "compare-rows" }, this.said, this.none);
    this.observer = new IntersectionObserver((entries) => this.#came(entries), { rootMargin: NEAR });
  }

  /** Make the rows, which stand on the page then; the texts of those that are near are asked for. */
  async open() {
    for (let place = 0; place < this.#told.length && !this.#closed; place += AT_ONCE) {
      const made = this.#told.slice(place, place + AT_ONCE).map((row) => this.#made(row));
      this.rows.push(...made);
      this.element.append(...made.map(({ element }) => element));
      for (const { element } of made) this.observer.observe(element);
      await pause();
    }
  }

  close() {
    this.#closed = true;
    this.observer.disconnect();
    for (const row of this.rows) row.close();
  }

  collapseEqual(on) {
    this.#collapsed = on;
    for (const row of this.rows) row.collapseEqual(on);
  }

  scrollTogether(on) {
    this.#together = on;
    for (const row of this.rows) row.scrolling.together = on;
  }

  /** Go to the row `step` further down. */
  move(step) {
    const here = this.#current();
    const next = this.rows[Math.max(0, Math.min(this.rows.length - 1, here + step))];
    next?.focus();
  }

  /** Turn the word diff of the row that is read. */
  turnDiff() {
    this.rows[Math.max(0, this.#current())]?.turnDiff();
  }

  /** Go to the next difference, or the one before; rows that were not read yet are loaded on the way. */
  async toDifference(step) {
    if (this.#going) return;
    this.#going = true;
    try {
      const found = await this.#difference(step);
      if (!found) {
        setText(this.said, step > 0 ? "No further difference." : "No difference before this one.");
        return;
      }
      found.row.showSentences();
      this.head.show(found.sentence.column);
      this.highlight.light(found.row, found.sentence, { focus: true });
    } finally {
      this.#going = false;
    }
  }

  #made(row) {
    const made = new CompareRow(row, this.columns, { highlight: this.highlight, head: this.head, again: (wanted) => this.#load(wanted) });
    made.collapseEqual(this.#collapsed);
    made.scrolling.together = this.#together;
    return made;
  }

  async #difference(step) {
    const here = this.#current();
    const { chosen } = this.highlight; // the way goes on from there, unless the reader has gone to another row
    const from = chosen && chosen.row === this.rows[here] ? chosen.sentence : null;
    for (let place = from || step > 0 ? Math.max(0, here) : here - 1; this.rows[place]; place += step) {
      const row = this.rows[place];
      await this.#load(row);
      const sentence = row.differenceBeside(place === here ? from : null, step);
      if (sentence) return { row, sentence };
    }
    return null;
  }

  /** The row that has the focus, else the first under the heads; −1 where these have not been reached. */
  #current() {
    const focused = this.rows.findIndex(({ element }) => element.contains(document.activeElement));
    if (focused >= 0) return focused;
    const { top, bottom } = this.head.element.getBoundingClientRect();
    return top > 0 ? -1 : this.rows.findIndex(({ element }) => element.getBoundingClientRect().bottom > bottom + 1);
  }

  #came(entries) {
    for (const { isIntersecting, target } of entries) {
      const row = this.rows.find(({ element }) => element === target);
      if (isIntersecting) this.#near.add(row);
      else this.#near.delete(row);
    }
    this.#fill();
  }

  async #fill() {
    if (this.#filling) return;
    this.#filling = true;
    while (this.#near.size && !this.#closed) {
      const [row] = this.#near;
      this.#near.delete(row);
      this.observer.unobserve(row.element);
      await this.#load(row);
    }
    this.#filling = false;
  }

  #load(row) {
    this.#building = this.#building.then(() => row.load());
    return this.#building;
  }
}
