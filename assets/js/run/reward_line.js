// What a solution's reward is made of: its outcome's score and its steps' scores.

import { create, setText, show } from "../page/dom.js";
import { ScoreStrip } from "./score_strip.js";

export class RewardLine {
  constructor() {
    this.strip = new ScoreStrip();
    this.reward = create("b");
    this.parts = create("span", { classes: "quiet" });
    this.element = create("span", { classes: "reward" }, this.strip.element, this.reward, this.parts);
  }

  /** `rewarded`: the event solution_rewarded, undefined as long as there is none. */
  update(rewarded) {
    show(this.element, rewarded !== undefined);
    this.strip.update(rewarded?.steps ?? null);
    if (!rewarded) return;
    const { reward, outcome } = rewarded;
    setText(this.reward, `R ${reward.toFixed(2)}`);
    setText(this.parts, `outcome ${outcome.toFixed(2)} + steps ${(reward - outcome).toFixed(2)}`);
  }
}
