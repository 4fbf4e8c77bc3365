// A dialog in which the reader chooses a column.

import { create } from "../page/dom.js";
import { Picker } from "./picker.js";

export class PickDialog {
  /** `words` are its title; `taken`, `open` and `question` as the Picker takes them; `picked(name)` is told what was chosen. */
  constructor({ words, taken, open, question, picked }) {
    this.asked = { taken, open, question };
    this.picker = new Picker((name) => {
      this.element.close();
      picked(name);
    });
    this.element = create(
      "dialog",
      { classes: "ours pick-dialog", attributes: { "aria-labelledby": "pick-title" }, on: { close: () => this.element.remove() } },
      create("h2", { attributes: { id: "pick-title" } }, words),
      this.picker.element,
      create("p", {}, create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.element.close() } }, "Cancel")),
    );
  }

  open() {
    document.querySelector(".gradio-container").append(this.element);
    this.element.showModal();
    this.picker.search.focus();
    this.picker.update(this.asked);
  }
}
