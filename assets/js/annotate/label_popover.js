// What can be said of a span, beside it: its label, a comment, or that it is to go.

import { create, setText, show } from "../page/dom.js";
import { press } from "./labels.js";

const MARGIN = 8; // pixels between the span, the popover and the window's edge

export class LabelPopover {
  #range = null;

  /** `choose(label)`, `comment(text)`, `remove()` and `leave()` are called for the span it stands beside. */
  constructor(labels, { choose, comment, remove, leave }) {
    this.buttons = labels.buttons("Label for the selected words", choose);
    this.comment = create("textarea", {
      classes: "field",
      attributes: { rows: 1, placeholder: "Comment on these words", "aria-label": "Comment on these words", dir: "auto" },
      on: { input: () => comment(this.comment.value), keydown: (event) => this.#key(event, leave) },
    });
    const removal = create("button", { classes: "link danger", attributes: { type: "button" }, on: { click: remove } }, "Remove");
    this.about = create("div", { classes: "about-span" }, this.comment, removal);
    this.hint = create("p", { classes: "quiet hint" });
    this.element = create("div", { classes: "ours label-popover", attributes: { popover: "manual", role: "group", "aria-label": "Label" } }, this.buttons, this.about, this.hint);
  }

  get open() {
    return this.#range !== null;
  }

  /** Stand beside `range`: words that were selected, or a span that is marked already. */
  show(range, span) {
    this.#range = range;
    press(this.buttons, span?.label ?? null);
    show(this.about, Boolean(span));
    setText(this.hint, span ? "c comments, delete removes" : "or press the label's number");
    if (span && this.comment.value !== span.comment) this.comment.value = span.comment;
    if (!this.element.matches(":popover-open")) this.element.showPopover();
    this.place();
  }

  hide() {
    if (!this.#range) return;
    this.#range = null;
    this.element.hidePopover();
  }

  /** Follow the text when it is scrolled. */
  place() {
    if (!this.#range) return;
    const { left, top, bottom } = this.#range.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = bottom + MARGIN + height < innerHeight ? bottom + MARGIN : Math.max(MARGIN, top - height - MARGIN);
    this.element.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    this.element.style.top = `${Math.min(below, innerHeight - height - MARGIN)}px`;
  }

  toComment() {
    this.comment.focus();
  }

  #key(event, leave) {
    if (event.key !== "Escape" && (event.key !== "Enter" || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  }
}
