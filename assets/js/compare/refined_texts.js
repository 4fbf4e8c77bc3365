// Refinements of a row as what became of the text that was refined.

import { create, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { fillChanges } from "./change_marks.js";
import { query } from "./columns.js";

export class RefinedTexts {
  #on = false;

  /** `cells`: the row's CompareCells; those that refine a text take part. */
  constructor(row, columns, cells) {
    this.row = row;
    this.names = columns.map(({ name }) => name);
    this.cells = cells.map((cell, place) => ({ cell, place })).filter(({ cell }) => cell.cell?.refines);
    this.button = create("button", { classes: "link", attributes: { type: "button", "aria-pressed": "false" }, on: { click: () => this.turn() } }, "Before → after");
    show(this.button, this.cells.length > 0);
  }

  /** Whether the changes are shown. */
  get on() {
    return this.#on;
  }

  /** Show what changed, or the refined texts again. */
  turn() {
    this.#on = !this.#on;
    this.button.setAttribute("aria-pressed", String(this.#on));
    setText(this.button, this.#on ? "Refined texts" : "Before → after");
    for (const { cell, place } of this.cells) {
      cell.showChanges(this.#on);
      if (this.#on && !cell.changes.hasChildNodes()) this.#fill(cell, place);
    }
  }

  async #fill(cell, place) {
    setText(cell.changes, "Comparing …");
    try {
      const changes = await read(`compare/refined?${query(this.names, { row: this.row.id, at: place })}`);
      const differ = await fillChanges(cell.changes, changes);
      if (!differ) cell.changes.prepend(create("p", { classes: "quiet" }, "Stood by its text."));
    } catch (error) {
      cell.changes.replaceChildren();
      cell.showChanges(false);
      cell.say(error.status ? error.message : "The connection was lost before the changes came.");
    }
  }
}
