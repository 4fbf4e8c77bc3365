// Nothing asked yet: who is there to ask, and how each of them stands.

import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";
import { percent, size } from "../page/format.js";
import { read } from "../page/read.js";

export class IdleView {
  constructor() {
    this.element = create("div", { classes: "idle" });
  }

  async open() {
    let known;
    try {
      known = await read("experts");
    } catch (error) {
      this.element.replaceChildren(create("p", { classes: "quiet" }, `The experts cannot be listed: ${error.message}`));
      return;
    }
    const cards = known.experts.map((expert, place) => {
      const card = create(
        "li",
        { classes: "expert-card" },
        create("strong", { classes: "who" }, expert.title),
        create("span", { classes: "quiet" }, ` ${size(expert)}`),
        create("p", { classes: expert.state === "failed" ? "problem" : "quiet" }, standing(expert)),
      );
      colour(card, place);
      return card;
    });
    this.element.replaceChildren(
      create("p", {}, "Pose a question: the experts that suit it best reason alone, critique each other, refine their answers, and one concludes."),
      create("ul", { classes: "expert-cards", attributes: { "aria-label": "Experts of the pool" } }, ...cards),
      create("p", { classes: "quiet" }, `Pool ${known.pool}, run by ${known.runtime}.`),
    );
  }
}

function standing({ state, share, message }) {
  if (state === "failed") return message;
  if (state === "loading") return share === null ? "loading" : `loading ${percent(share)}`;
  return state === "loaded" ? "loaded" : "loaded when it is needed";
}
