// What can be done with the runs that are ticked.

import { FEWEST, MOST } from "../compare/columns.js";
import { create, setText, show } from "../page/dom.js";
import { comparable } from "./comparing.js";
import { TagField } from "./tag_field.js";

export class SelectionBar {
  /** `actions`: `compare()`, `save()`, `tag(tag)`, `remove()` and `clear()`. */
  constructor(actions) {
    const button = (words, act, { classes = "button", needs = null } = {}) =>
      create("button", { classes, attributes: { type: "button", "data-needs": needs }, on: { click: act } }, words);
    this.said = create("strong", { attributes: { role: "status" } });
    this.tags = new TagField((tag) => {
      actions.tag(tag);
      this.#tagging(false);
    });
    this.compare = button("Compare", actions.compare);
    this.tag = button("Add tag", () => this.#tagging(true), { needs: "owner" });
    this.tags.input.addEventListener("keydown", ({ key }) => key === "Escape" && this.#tagging(false));
    this.buttons = create(
      "div",
      { classes: "chips" },
      this.compare,
      button("Export JSON Lines", actions.save),
      this.tag,
      this.tags.element,
      button("Delete", actions.remove, { classes: "button danger", needs: "owner" }),
      button("Clear", actions.clear, { classes: "link" }),
    );
    this.element = create("div", { classes: "selection-bar", attributes: { role: "region", "aria-label": "Ticked runs" } }, this.said, this.buttons);
    show(this.tags.element, false);
    this.update(0, 0);
  }

  /** Say that `ticked` runs are, of which `shown` are on the list. */
  update(ticked, shown) {
    const elsewhere = ticked - shown;
    setText(this.said, ticked ? `${ticked.toLocaleString("en-GB")} selected${elsewhere ? `, ${elsewhere} of them not shown` : ""}` : "");
    show(this.compare, ticked >= FEWEST);
    this.compare.disabled = !comparable(ticked);
    setText(this.compare, ticked > MOST ? `Compare, at most ${MOST}` : "Compare");
    show(this.element, ticked > 0);
  }

  #tagging(typing) {
    show(this.tag, !typing);
    show(this.tags.element, typing);
    if (typing) this.tags.input.focus();
    else this.tag.focus();
  }
}
