// What the list says where it has no rows to show: nothing there, nothing found, no connection.

import { at } from "../page/address.js";
import { create, show } from "../page/dom.js";
import { clearCriteria, query } from "./criteria.js";

export class ListState {
  /** `again()` asks the server once more. */
  constructor(again) {
    this.again = again;
    this.element = create("div", { classes: "told", attributes: { role: "status" } });
  }

  loading() {
    if (!this.element.children.length) this.#say(create("p", { classes: "quiet late" }, "Loading …"));
  }

  /** The list has `count` rows now. */
  shown(count) {
    if (count) this.#say();
    else if (query().size) this.#say(create("p", {}, "No run matches."), button("Clear all filters", clearCriteria));
    else this.#say(create("p", {}, "No run yet: pose a question on the page ", create("a", { classes: "link", attributes: { href: at("") } }, "Ask"), ", and it is kept here."));
  }

  refused(message) {
    this.#say(create("p", { classes: "problem" }, message), button("Try again", this.again));
  }

  lost() {
    this.#say(create("p", {}, "Connection lost, trying again …"));
  }

  #say(...parts) {
    this.element.replaceChildren(...parts);
    show(this.element, parts.length > 0);
  }
}

function button(words, act) {
  return create("button", { classes: "button", attributes: { type: "button" }, on: { click: act } }, words);
}
