// What can be done with the item on the desk, and how its draft stands.

import { create } from "../page/dom.js";

export class DeskActions {
  /** Each of these is called where it is chosen. */
  constructor({ back, undo, skip, save }) {
    this.state = create("span", { classes: "draft-state" });
    this.element = create(
      "div",
      { classes: "desk-actions", attributes: { role: "group", "aria-label": "This item" } },
      button("← Back", "b", back),
      button("Undo", "u", undo),
      button("Skip", "s", skip),
      button("Save & next", "Enter", save, "button primary"),
      this.state,
    );
  }
}

function button(words, key, act, classes = "button") {
  return create("button", { classes, attributes: { type: "button", "aria-keyshortcuts": key }, on: { click: () => act() } }, words);
}
