// A few links behind one word, that close again when the reader turns elsewhere.

import { create } from "../page/dom.js";

export class Menu {
  /** `links`: what the menu offers, as [words, address]; all are to download. */
  constructor(words, links) {
    const items = links.map(([name, href]) => create("li", {}, create("a", { classes: "link", attributes: { href, download: "" } }, name)));
    this.element = create(
      "details",
      { classes: "menu", on: { focusout: (event) => this.#left(event), keydown: (event) => this.#pressed(event), click: (event) => event.target.closest("a") && this.#close() } },
      create("summary", { classes: "link" }, words),
      create("ul", {}, ...items),
    );
  }

  #left({ relatedTarget }) {
    if (!this.element.contains(relatedTarget)) this.element.open = false;
  }

  /** The key is used up: it does not close the run as well. */
  #pressed(event) {
    if (event.key !== "Escape" || !this.element.open) return;
    event.preventDefault();
    this.#close();
  }

  #close() {
    this.element.open = false;
    this.element.firstElementChild.focus();
  }
}
