// One solution in one round: the solution with its steps' scores, the feedback on it, and the refined one.

import { bringIntoView, create, mark, setText, show } from "../page/dom.js";
import { CallText } from "./call_text.js";
import { Changes } from "./changes.js";
import { glimpse } from "./glimpse.js";
import { answered } from "./movement.js";
import { RewardLine } from "./reward_line.js";
import { ScoredSteps } from "./scored_steps.js";
import { nameOf } from "./solution_name.js";
import { stateOf } from "./state.js";

export class ChainRow {
  /** `toggled()` is called when it was unfolded or folded. */
  constructor(toggled) {
    this.name = create("b", { classes: "name" });
    this.answers = create("span", { classes: "verdict", attributes: { dir: "auto" } });
    this.rewards = create("span", { classes: "rewards" });
    this.fate = create("span", { classes: "fate" });
    this.state = create("span", { classes: "state" });
    this.line = create("span", { classes: "line", attributes: { dir: "auto" } });
    this.summary = create("summary", {}, this.name, this.answers, this.rewards, this.fate, this.state, this.line);
    this.before = new Part();
    this.feedback = new Part();
    this.after = new Part();
    this.steps = new ScoredSteps();
    this.solution = new CallText();
    this.review = new CallText();
    this.refined = new CallText();
    this.changes = new Changes(this.refined);
    this.reward = new RewardLine();
    this.before.element.append(this.steps.element, this.solution.element);
    this.feedback.element.append(this.review.element);
    this.after.element.append(this.reward.element, this.changes.element, this.refined.element, this.changes.toggle);
    const parts = create("div", { classes: "chain-parts" }, this.before.element, this.feedback.element, this.after.element);
    const toggle = () => {
      this.#fill();
      toggled();
    };
    this.element = create("details", { classes: "chain", on: { toggle } }, this.summary, parts);
  }

  /** `chain`: the calls {solution, review, refined}; the latter two undefined as long as there are none. */
  update(record, chain) {
    this.record = record;
    this.chain = chain;
    const { solution, review, refined } = chain;
    const { rewards } = record;
    const busy = [review, refined].find((call) => call && call.state !== "done");
    const judged = refined?.answer !== undefined;
    setText(this.name, `Solution ${nameOf(record, solution)}`);
    setText(this.answers, judged && refined.changed !== false ? `${answered(solution)} → ${answered(refined)}` : answered(solution));
    mark(this.answers, "correct", judged && refined.correct !== solution.correct ? refined.correct : null);
    const scored = [solution, refined].map((call) => rewards.solutions.get(call?.name)?.reward.toFixed(2)).filter(Boolean);
    setText(this.rewards, scored.length ? `R ${scored.join(" → ")}` : "");
    const round = (refined ?? review)?.round;
    const selected = refined && rewards.selections.get(round);
    const kept = selected ? selected.kept.includes(refined.name) : null;
    mark(this.fate, "kept", kept);
    setText(this.fate, kept === null ? "" : kept ? "✓ refined one kept" : "refined one dropped");
    setText(this.state, busy ? stateOf(record, busy) : "");
    mark(this.element, "phase", busy?.state ?? null);
    mark(this.element, "call", review?.name ?? null);
    setText(this.line, glimpse(busy ?? review ?? refined));
    this.#fill();
  }

  /** Unfold it, and lead the reader to it. */
  reveal() {
    this.element.open = true;
    bringIntoView(this.element, "nearest");
    this.summary.focus({ preventScroll: true });
  }

  /** Only what is unfolded needs its texts. */
  #fill() {
    if (!this.element.open || !this.chain) return;
    const { record } = this;
    const { solution, review, refined } = this.chain;
    const steps = record.rewards.solutions.get(solution.name)?.steps ?? null;
    this.before.update(record, solution, `Solution ${nameOf(record, solution)}`);
    this.steps.update(steps);
    this.solution.update(record, solution);
    show(this.solution.element, !steps?.length);
    this.feedback.update(record, review, "Feedback of the reviewer");
    if (review) this.review.update(record, review);
    this.after.update(record, refined, refined ? `Refined: solution ${nameOf(record, refined)}` : "");
    if (!refined) return;
    this.refined.update(record, refined);
    this.reward.update(record.rewards.solutions.get(refined.name));
    const comparable = refined.state === "done" && solution.state === "done";
    this.changes.update(record, solution, refined, { comparable, words: `Solution ${nameOf(record, refined)}: changes against ${nameOf(record, solution)}` });
  }
}

/** One of the columns, hidden as long as its call is not there. */
class Part {
  constructor() {
    this.title = create("h3");
    this.problem = create("p", { classes: "problem" });
    this.element = create("section", { classes: "chain-part" }, this.title, this.problem);
  }

  update(record, call, title) {
    show(this.element, Boolean(call));
    if (!call) return;
    setText(this.title, title);
    setText(this.problem, call.state === "failed" ? call.message : "");
    show(this.problem, call.state === "failed");
  }
}
