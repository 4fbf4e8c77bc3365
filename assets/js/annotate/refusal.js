// What could not be done with an item, and the ways on from there.

import { create, show } from "../page/dom.js";

export class Refusal {
  /** `again()` tries it once more, `next()` goes on with another item. */
  constructor({ again, next }) {
    this.element = create("div", { classes: "form-message", attributes: { role: "alert" } });
    const link = (words, act) => create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => act() } }, words);
    this.ways = [link("Try again", again), " · ", link("Go on with the next item", next)];
  }

  /** Say why; `open`: whether the item is still on the desk. */
  tell(error, open) {
    const words = error.status ? error.message : "The connection is lost. What you said is kept in this browser: try again when it is back.";
    const kept = open && error.status === 409 ? " What you said is kept here." : "";
    this.element.replaceChildren(`${words}${kept} `, ...this.ways);
    show(this.element, true);
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** It is over. */
  clear() {
    show(this.element, false);
  }
}
