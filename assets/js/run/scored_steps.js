// A solution step by step, each with its score beside it.

import { create, show } from "../page/dom.js";
import { scored } from "./score_strip.js";

export class ScoredSteps {
  #steps = null;

  constructor() {
    this.element = create("ol", { classes: "scored-steps", attributes: { "aria-label": "Steps with their scores" } });
  }

  /** `steps`: each {text, score}, or null where nothing is scored. */
  update(steps) {
    show(this.element, Boolean(steps?.length));
    if (steps === this.#steps) return;
    this.#steps = steps;
    this.element.replaceChildren(...(steps ?? []).map(line));
  }
}

function line({ text, score }) {
  const number = create("b", { attributes: { "aria-label": `Score ${score.toFixed(2)}:`, role: "text" } }, score.toFixed(2));
  return scored(create("li", {}, number, create("span", { attributes: { dir: "auto" } }, text)), score);
}
