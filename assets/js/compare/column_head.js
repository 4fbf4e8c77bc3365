// The head of one column: who it is, what it came to, and what can be done with the column.

import { at } from "../page/address.js";
import { colour } from "../page/colour.js";
import { create, mark } from "../page/dom.js";
import { count, row, seconds } from "../page/format.js";
import { answered } from "./words.js";

const ACTS = {
  left: ["‹", "Move to the left"],
  right: ["›", "Move to the right"],
  replace: ["⇄", "Replace"],
  remove: ["×", "Remove"],
};

export class ColumnHead {
  /** The head of `column` at `place` of `of`; `act(name)` is told what the reader wants, `show()` that it is to be seen. */
  constructor(column, place, of, { act, show }) {
    this.buttons = Object.fromEntries(
      Object.entries(ACTS).map(([name, [sign, words]]) => {
        const attributes = { type: "button", title: words, "aria-label": `${words}: ${column.title}` };
        return [name, create("button", { attributes, on: { click: () => act(name) } }, sign)];
      }),
    );
    this.buttons.left.disabled = place === 0;
    this.buttons.right.disabled = place === of - 1;
    this.tab = create("button", { classes: "tab who", attributes: { type: "button" }, on: { click: show } }, column.title);
    const name = create("a", { classes: "who", attributes: { href: `${at("traces")}?run=${encodeURIComponent(column.run)}`, title: column.title } }, column.title);
    const answer = create("span", { classes: "verdict", attributes: { dir: "auto" } }, answered(column.answer, column.correct));
    mark(answer, "correct", column.correct);
    this.element = create(
      "div",
      { classes: "compare-head", attributes: { "data-column": column.name, role: "group", "aria-label": `Column ${place + 1}: ${column.title}` } },
      this.tab,
      create("div", { classes: "line" }, name, create("span", { classes: "acts" }, ...Object.values(this.buttons))),
      create("p", { classes: "line numbers" }, answer, create("span", { classes: "quiet" }, row(count(column.tokens, "token"), seconds(column.seconds)))),
      create("p", { classes: "quiet numbers about" }, row(column.expert === null ? column.protocol : `in ${column.protocol}`, column.pool)),
    );
    colour(this.element, column.expert === null ? null : column.place);
  }

  /** Say whether this is the column that is seen where only one is. */
  see(seen) {
    this.tab.setAttribute("aria-pressed", String(seen));
    mark(this.element, "seen", seen ? "" : null);
  }

  focus(act) {
    const wanted = [this.buttons[act], ...Object.values(this.buttons)].find((button) => button && !button.disabled);
    wanted?.focus({ preventScroll: true });
  }
}
