// Whether the question is hard after a round, and why: the two conditions of MAgICoRe in words, with their numbers.

import { create, mark, setText, show } from "../page/dom.js";

const ENOUGH = 0.5; // confidence that counts as such
const ROUNDING = 1e-9;

export class DifficultyView {
  constructor() {
    this.level = create("b", { classes: "level" });
    this.because = create("span");
    this.conditions = [new Condition(), new Condition()];
    this.calibration = create("p", { classes: "quiet" });
    this.element = create(
      "div",
      { classes: "difficulty", attributes: { role: "group", "aria-label": "Difficulty" } },
      create("p", {}, this.level, " ", this.because),
      create("ol", {}, ...this.conditions.map(({ element }) => element)),
      this.calibration,
    );
  }

  /** Show what was judged after `round` rounds. */
  update(record, round) {
    const judged = record.rewards.difficulties.get(round);
    show(this.element, judged !== undefined);
    if (!judged) return;
    const { hard, standardised, unanimous, outcome_confidence: outcome, step_confidence: steps } = judged;
    const held = [standardised !== null && standardised >= -ROUNDING, outcome >= ENOUGH && steps >= ENOUGH];
    mark(this.element, "hard", hard);
    setText(this.level, hard ? "Hard" : "Easy");
    setText(this.because, unanimous ? "by their rewards, as all agree" : reason(hard, held));
    this.conditions[0].update(held[0], majorityWords(judged));
    this.conditions[1].update(held[1], `Confidence is ${outcome.toFixed(2)} by outcomes and ${steps.toFixed(2)} by steps; both must be ${ENOUGH.toFixed(2)} or more.`);
    show(this.conditions[1].element, !unanimous); // the confidence of unanimous answers is 1 and tells nothing
    setText(this.calibration, `Calibration: mean ${judged.mean.toFixed(2)}, deviation ${judged.deviation.toFixed(2)} of ${judged.calibration}`);
  }
}

function reason(hard, held) {
  if (hard) return "as neither condition holds";
  return held.every(Boolean) ? "as both conditions hold" : "as one condition holds";
}

function majorityWords({ majority, standardised }) {
  if (standardised === null) return "No solution has an answer, so there is no majority.";
  const where = standardised < 0 ? "below" : "above";
  return `The answer of the majority, ${majority}, scores ${Math.abs(standardised).toFixed(2)} deviations ${where} the mean of the calibration.`;
}

class Condition {
  constructor() {
    this.held = create("span", { classes: "held" });
    this.words = create("span", { attributes: { dir: "auto" } });
    this.element = create("li", {}, this.held, this.words);
  }

  update(holds, words) {
    mark(this.element, "holds", holds);
    setText(this.held, holds ? "✓ holds" : "✗ does not hold");
    setText(this.words, words);
  }
}
