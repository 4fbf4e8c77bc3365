// The columns of a row scroll together: not by pixels, but so that what says the same stands side by side.

import { aligned, between } from "./alignment.js";

export class Scrolling {
  #leader = null; // the cell that the reader scrolls; the others follow
  #anchors = new Map(); // "from/to" → places that stand side by side
  #asked = 0;

  /** `groups()` gives the sentences that say the same; `cells` are the row's. */
  constructor(cells, groups) {
    this.cells = cells;
    this.groups = groups;
    this.together = true;
    this.resized = new ResizeObserver(() => this.measureAnew());
    for (const cell of cells) {
      const lead = () => (this.#leader = cell);
      for (const name of ["pointerenter", "pointerdown", "wheel", "touchstart", "keydown", "focusin"]) cell.text.addEventListener(name, lead, { passive: true });
      cell.text.addEventListener("scroll", () => this.#scrolled(cell), { passive: true });
      this.resized.observe(cell.text);
    }
  }

  close() {
    this.resized.disconnect();
    cancelAnimationFrame(this.#asked);
  }

  /** Forget where sentences stood. */
  measureAnew() {
    this.#anchors.clear();
  }

  /** Scroll a sentence's own column so that it is seen in the middle. */
  reveal({ column, element }) {
    const { text } = this.cells[column];
    this.#leader = this.cells[column];
    text.scrollTop = element.offsetTop + element.offsetHeight / 2 - text.clientHeight / 2;
  }

  /** Scroll other columns so that a sentence's counterparts stand beside it. */
  bring(sentence, counterparts) {
    this.#leader = this.cells[sentence.column];
    const seen = sentence.element.offsetTop - this.#leader.text.scrollTop;
    for (const { column, element } of counterparts) this.cells[column].text.scrollTop = element.offsetTop - seen;
  }

  #scrolled(cell) {
    if (!this.together || cell !== this.#leader) return;
    cancelAnimationFrame(this.#asked);
    this.#asked = requestAnimationFrame(() => this.#follow(cell));
  }

  #follow(leader) {
    const { text } = leader;
    const room = text.scrollHeight - text.clientHeight;
    if (room <= 0) return;
    const way = text.scrollTop / room; // both ends are reached together
    const line = text.scrollTop + way * text.clientHeight;
    for (const cell of this.cells) {
      if (cell === leader || cell.text.scrollHeight <= cell.text.clientHeight) continue;
      cell.text.scrollTop = between(this.#anchorsOf(leader, cell), line) - way * cell.text.clientHeight;
    }
  }

  #anchorsOf(from, to) {
    const key = `${this.cells.indexOf(from)}/${this.cells.indexOf(to)}`;
    if (!this.#anchors.has(key)) this.#anchors.set(key, this.#measured(from, to));
    return this.#anchors.get(key);
  }

  #measured(from, to) {
    const [left, right] = [this.cells.indexOf(from), this.cells.indexOf(to)];
    const pairs = [];
    for (const { shown } of this.groups()) {
      const one = shown.find(({ column }) => column === left);
      const other = shown.find(({ column }) => column === right);
      if (one && other && !one.element.hidden && !other.element.hidden) pairs.push([one.element.offsetTop, other.element.offsetTop]);
    }
    return [[0, 0], ...aligned(pairs), [from.text.scrollHeight, to.text.scrollHeight]];
  }
}
