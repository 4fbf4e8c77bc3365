// A local score: a bar around zero with one segment for each skill, which tells its skill and score when pointed at.

import { create, mark, setText } from "../page/dom.js";
import { signed } from "../page/format.js";

export class ScoreBar {
  constructor() {
    this.bar = create("span", {
      classes: "score-bar",
      attributes: { tabindex: "0", role: "img" },
      on: {
        pointerover: (event) => this.#point(event.target.dataset.skill),
        pointerleave: () => this.#point(undefined),
        keydown: (event) => event.key === "Escape" && this.bar.blur(),
      },
    });
    this.number = create("span", { classes: "number" });
    this.tip = create("ul", { classes: "tip", attributes: { "aria-hidden": "true" } });
    this.element = create("span", { classes: "local" }, this.bar, this.tip, this.number);
  }

  /** `candidate` as in experts_recruited; `extent` {low, high}: where the axis begins (≤ 0) and ends (≥ 0). */
  update(candidate, { low, high }) {
    const scores = Object.entries(candidate.by_skill);
    const width = high - low || 1;
    const at = (value) => `${((value - low) / width) * 100}%`;
    let [left, right] = [0, 0];
    const segments = scores.map(([skill, score], place) => {
      const from = score < 0 ? left + score : right;
      if (score < 0) left = from;
      else right += score;
      const segment = create("span", { classes: "segment", attributes: { "data-skill": place, "data-negative": score < 0 } });
      segment.style.left = at(from);
      segment.style.width = `${(Math.abs(score) / width) * 100}%`;
      segment.hidden = score === 0;
      return segment;
    });
    const zero = create("span", { classes: "zero" });
    zero.style.left = high === low ? "50%" : at(0);
    const sum = create("span", { classes: "sum" });
    sum.style.left = at(candidate.local_score);
    sum.hidden = !left || !right; // without both signs the sum is where the bar ends
    this.bar.replaceChildren(...segments, zero, sum);
    const told = scores.map(([skill, score]) => `${skill} ${signed(score)}`);
    this.tip.replaceChildren(...scores.map(([skill, score]) => create("li", {}, create("span", {}, skill), create("b", {}, signed(score)))));
    this.bar.setAttribute("aria-label", `Local score ${signed(candidate.local_score)}${told.length ? `: ${told.join(", ")}` : ", as no skill matched"}`);
    setText(this.number, signed(candidate.local_score));
    this.skills = scores.map(([skill]) => skill);
  }

  /** Let the segment of one skill stand out, or none of them. */
  spotlight(skill) {
    const lit = this.skills.indexOf(skill);
    for (const segment of this.bar.querySelectorAll(".segment")) {
      mark(segment, "faded", lit >= 0 && Number(segment.dataset.skill) !== lit ? "" : null);
    }
  }

  #point(place) {
    [...this.tip.children].forEach((line, index) => mark(line, "here", String(index) === place ? "" : null));
  }
}
