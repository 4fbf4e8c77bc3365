// What two columns of a row say in other words, word by word.

import { create, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { query } from "./columns.js";
import { fillChanges } from "./change_marks.js";

export class WordDiff {
  #on = false;

  /** The diff of two of a row's columns; `beside` is shown where it is not. */
  constructor(row, columns, beside) {
    this.row = row;
    this.columns = columns;
    this.beside = beside;
    const texts = columns.map((column, place) => ({ column, place })).filter(({ place }) => row.cells[place]?.characters && !row.cells[place].facts);
    this.possible = texts.length > 1;
    this.button = create("button", { classes: "link", attributes: { type: "button", title: "Key: d", "aria-pressed": "false" }, on: { click: () => this.turn() } }, "Word diff");
    const choice = (words, chosen) => {
      const options = texts.map(({ column, place }) => create("option", { attributes: { value: place, selected: place === chosen } }, `${place + 1}: ${column.title}`));
      return create("select", { classes: "field", attributes: { "aria-label": words }, on: { change: () => this.#show() } }, ...options);
    };
    this.left = choice("From column", texts[0]?.place);
    this.right = choice("To column", texts[1]?.place);
    this.choices = create("span", { classes: "diff-choices" }, this.left, "→", this.right);
    this.tools = create("span", { classes: "diff-tools" }, this.choices, this.button);
    this.told = create("p", { classes: "quiet", attributes: { role: "status" } });
    this.changes = create("div", { classes: "changes", attributes: { tabindex: 0, role: "group", "aria-label": "Word diff", dir: "auto" } });
    this.element = create("div", { classes: "row-diff" }, this.told, this.changes);
    show(this.tools, this.possible);
    show(this.choices, false);
    show(this.element, false);
  }

  /** Whether the diff is shown. */
  get on() {
    return this.#on;
  }

  /** Show the diff, or the columns again. */
  turn() {
    if (!this.possible) return;
    this.#on = !this.#on;
    this.button.setAttribute("aria-pressed", String(this.#on));
    setText(this.button, this.#on ? "Side by side" : "Word diff");
    show(this.element, this.#on);
    show(this.choices, this.#on && this.left.options.length > 2);
    show(this.beside, !this.#on);
    if (this.#on) this.#show();
  }

  async #show() {
    const [left, right] = [this.left.value, this.right.value];
    const asked = (this.asked = Symbol("asked"));
    const titles = [left, right].map((place) => this.columns[place].title);
    setText(this.told, "Comparing …");
    try {
      const changes = await read(`compare/diff?${query(this.columns.map(({ name }) => name), { row: this.row.id, left, right })}`);
      if (asked !== this.asked) return;
      const differ = await fillChanges(this.changes, changes);
      this.told.replaceChildren(
        ...(differ
          ? [create("del", {}, `only column ${Number(left) + 1}, ${titles[0]}`), " · ", create("ins", {}, `only column ${Number(right) + 1}, ${titles[1]}`)]
          : ["Both say the same, word for word."]),
      );
    } catch (error) {
      if (asked === this.asked) setText(this.told, error.status ? error.message : "The connection was lost; turn the word diff off and on to try again.");
    }
  }
}
