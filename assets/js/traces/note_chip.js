// The filter for runs that have a note: set or not.

import { go } from "../page/address.js";
import { create, mark } from "../page/dom.js";

export class NoteChip {
  constructor() {
    this.button = create("button", { attributes: { type: "button" }, on: { click: () => this.#turn() } }, "With a note");
    this.element = create("span", { classes: "filter", attributes: { "data-filter": "noted" } }, this.button);
  }

  show({ noted }) {
    this.button.setAttribute("aria-pressed", String(Boolean(noted)));
    mark(this.element, "active", noted ? "" : null);
  }

  #turn() {
    go({ noted: this.button.getAttribute("aria-pressed") === "true" ? null : "1" });
  }
}
