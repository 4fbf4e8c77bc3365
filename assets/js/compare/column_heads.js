// The heads of the columns, which stay in sight; where the page is narrow they are tabs over a stack to swipe.

import { create } from "../page/dom.js";
import { ColumnHead } from "./column_head.js";
import { setColumns } from "./columns.js";

export class ColumnHeads {
  /** `pick(place)` lets the reader choose another column for that place. */
  constructor(columns, { pick }) {
    this.names = columns.map(({ name }) => name);
    this.pick = pick;
    this.used = null; // the control of a head that changed the columns: {column, act}
    this.shown = 0; // which column is seen where only one is
    this.listeners = new Set(); // told which column is to be seen
    this.heads = columns.map((column, place) => new ColumnHead(column, place, columns.length, { act: (act) => this.#act(act, place), show: () => this.show(place) }));
    this.element = create("div", { classes: "compare-heads", attributes: { role: "group", "aria-label": "Columns" } }, ...this.heads.map(({ element }) => element));
    this.#tell();
  }

  /** Let one column be seen where only one is. */
  show(place) {
    if (place === this.shown) return;
    this.shown = place;
    this.#tell();
    for (const listener of this.listeners) listener(place);
  }

  /** Give the focus to the control of a head, or to the nearest that can have it. */
  focus({ column, act }) {
    const place = Math.max(0, this.names.indexOf(column));
    this.heads[place].focus(act);
  }

  #tell() {
    this.heads.forEach((head, place) => head.see(place === this.shown));
  }

  #act(act, place) {
    this.used = { column: this.names[place], act };
    const names = [...this.names];
    if (act === "replace") this.pick(place);
    else if (act === "remove") setColumns(names.toSpliced(place, 1));
    else {
      const other = place + (act === "left" ? -1 : 1);
      [names[place], names[other]] = [names[other], names[place]];
      setColumns(names);
    }
  }
}
