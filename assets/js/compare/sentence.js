// One sentence of a text that is compared: how much the others say the same, and what contradicts it.

import { create, mark } from "../page/dom.js";

const TINTS = 4;

export class Sentence {
  /** `group`: the sentences that say about the same, or null; `share`: how much of the other texts do. */
  constructor(text, { column, index, share, group }) {
    Object.assign(this, { column, index, share, group });
    this.element = create("span", { classes: "compare-sentence", attributes: { role: "button", tabindex: "-1", "aria-pressed": "false", "data-share": Math.ceil(share * TINTS) } }, text);
    if (group?.contradiction) {
      mark(this.element, "contradiction", group.contradiction);
      this.element.append(create("small", {}, create("span", { classes: "unseen" }, " contradicts another in "), group.contradiction));
    }
    group?.shown.push(this);
  }

  focus() {
    this.element.focus();
  }

  /** Let the sentence stand out, as the chosen one or as one that says the same. */
  light(lit, chosen = false) {
    mark(this.element, "lit", lit ? "" : null);
    this.element.setAttribute("aria-pressed", String(chosen));
  }
}
