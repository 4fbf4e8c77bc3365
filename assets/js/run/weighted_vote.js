// The weighted vote: each solution votes for its answer with its reward.

import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";

export class WeightedVote {
  constructor() {
    this.list = create("ol", { classes: "weights", attributes: { "aria-label": "Answers by weight" } });
    this.element = create("div", { classes: "weighted-vote" }, create("p", { classes: "quiet" }, "Each solution votes for its answer with its reward R."), this.list);
    this.answers = new Keyed(this.list, () => new Weight());
  }

  /** `votes` as in vote_weighed, or null. */
  update(votes) {
    show(this.element, Boolean(votes?.length));
    if (!votes?.length) return;
    const heaviest = Math.max(...votes.map(({ weight }) => weight)) || 1;
    this.answers.update(votes.map((vote, place) => ({ ...vote, place })), ({ place }) => place, (line, vote) => line.update(vote, heaviest));
  }
}

class Weight {
  constructor() {
    this.answer = create("b", { attributes: { dir: "auto" } });
    this.bar = create("span", { classes: "fill" });
    this.numbers = create("span", { classes: "numbers" });
    this.element = create("li", {}, this.answer, create("span", { classes: "track", attributes: { "aria-hidden": "true" } }, this.bar), this.numbers);
  }

  update({ answer, weight, calls, place }, heaviest) {
    mark(this.element, "winner", place === 0 ? "" : null);
    setText(this.answer, answer ?? "no answer");
    this.bar.style.width = `${(100 * weight) / heaviest}%`;
    setText(this.numbers, `${weight.toFixed(2)} · ${count(calls.length, "solution")}`);
  }
}
