// A button that copies the run's address; where the browser lets no page copy, the address is shown to be copied by hand.

import { create, setText } from "../page/dom.js";

const CONFIRMED = 2_500; // milliseconds

export class CopyLink {
  constructor(address) {
    this.address = address;
    this.button = create("button", { classes: "link", attributes: { type: "button", "aria-live": "polite" }, on: { click: () => this.#copy() } }, "Copy link");
    this.element = create("span", { classes: "copy-link" }, this.button);
  }

  async #copy() {
    try {
      // Only a page that came by https, or from this computer, has a clipboard.
      await navigator.clipboard.writeText(this.address);
    } catch {
      this.#show();
      return;
    }
    setText(this.button, "Link copied ✓");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.button, "Copy link"), CONFIRMED);
  }

  #show() {
    const field = create("input", { classes: "field", attributes: { type: "text", readonly: true, "aria-label": "Link to this run" } });
    field.value = this.address;
    this.element.replaceChildren(field);
    field.select();
  }
}
