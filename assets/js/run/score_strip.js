// The scores of a solution's steps as a row of bars: the better, the taller, and coloured as wherever a score stands.

import { create, label, show } from "../page/dom.js";

export class ScoreStrip {
  #steps = null;

  constructor() {
    this.element = create("span", { classes: "score-strip", attributes: { role: "img" } });
  }

  /** `steps`: each {text, score}, or null where nothing is scored. */
  update(steps) {
    show(this.element, Boolean(steps?.length));
    if (steps === this.#steps) return;
    this.#steps = steps;
    this.element.replaceChildren(...(steps ?? []).map(({ score }) => scored(create("span", { attributes: { title: score.toFixed(2) } }), score)));
    label(this.element, `Scores of its steps: ${(steps ?? []).map(({ score }) => score.toFixed(2)).join(", ")}`);
  }
}

/** The element with the colour of a score from 0 to 1. */
export function scored(element, score) {
  element.style.setProperty("--score", Math.max(0, Math.min(1, score)).toFixed(3));
  return element;
}
