// Queues that can be begun with one click, while there is none.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { send } from "../page/send.js";
import { callWords } from "./words.js";

const OFFERS = [
  { title: "All critiques", filters: {} },
  { title: "Critiques of wrong answers", filters: { answers: "wrong" } },
];

export class ReadyOffers {
  constructor() {
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    this.none = create("p", { classes: "quiet" }, "There is no critique in the record yet: pose a question, and come back when experts have criticised each other.");
    this.offers = OFFERS.map((offer) => {
      const counted = create("span", { classes: "quiet" });
      const button = create("button", { classes: "offer", attributes: { type: "button" }, on: { click: () => this.#begin(offer) } }, create("b", {}, offer.title), counted);
      return { ...offer, counted, button };
    });
    this.element = create("div", { classes: "offers", attributes: { role: "group", "aria-label": "Begin with" } }, ...this.offers.map(({ button }) => button), this.none, this.problem);
    show(this.none, false);
    show(this.problem, false);
  }

  /** Say how much each takes. */
  async count() {
    const counts = await Promise.all(this.offers.map(({ filters }) => send("annotation/queues/count", filters)));
    this.offers.forEach(({ counted, button }, place) => {
      const { matching } = counts[place];
      setText(counted, callWords(matching, "critique"));
      button.disabled = matching === 0;
    });
    show(this.none, counts[0].matching === 0);
  }

  async #begin({ title, filters }) {
    try {
      const { queue } = await send("annotation/queues", { title, filters });
      go({ queue: queue.id });
    } catch (error) {
      setText(this.problem, error.status ? error.message : "The connection is lost: try again.");
      show(this.problem, true);
    }
  }
}
