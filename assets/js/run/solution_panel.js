// One solution: a few lines that unfold to its steps with their scores, or to its text.

import { colour } from "../page/colour.js";
import { bringIntoView, create, mark, setText, show } from "../page/dom.js";
import { CallText } from "./call_text.js";
import { glimpse } from "./glimpse.js";
import { numbersOf } from "./panel.js";
import { RewardLine } from "./reward_line.js";
import { ScoredSteps } from "./scored_steps.js";
import { nameOf } from "./solution_name.js";
import { phaseOf, stateOf } from "./state.js";
import { Verdict } from "./verdict.js";

export class SolutionPanel {
  #textWanted = false; // whether the reader wants the text rather than the scored steps

  constructor() {
    this.name = create("h3", { classes: "name" });
    this.verdict = new Verdict();
    this.state = create("span", { classes: "state" });
    this.reward = new RewardLine();
    this.line = create("span", { classes: "line", attributes: { dir: "auto" } });
    this.steps = new ScoredSteps();
    this.text = new CallText();
    this.problem = create("p", { classes: "problem" });
    this.toggle = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#turn() } });
    this.numbers = create("span", { classes: "numbers quiet" });
    this.summary = create("summary", {}, this.name, this.verdict.element, this.state, this.reward.element, this.line);
    this.element = create(
      "details",
      { classes: "solution", on: { toggle: () => this.#fill() } },
      this.summary,
      this.steps.element,
      this.text.element,
      this.problem,
      create("footer", {}, this.toggle, this.numbers),
    );
  }

  update(record, call) {
    this.record = record;
    this.call = call;
    const dropped = record.rewards.droppedIn(call.name);
    colour(this.element, record.expert(call.expert).place);
    mark(this.element, "phase", phaseOf(record, call));
    mark(this.element, "call", call.name);
    mark(this.element, "dropped", dropped);
    setText(this.name, `Solution ${nameOf(record, call)}`);
    this.verdict.update(call.answer, call.correct);
    setText(this.state, call.state !== "done" ? stateOf(record, call) : dropped === null ? "" : `dropped in round ${dropped}`);
    this.reward.update(record.rewards.solutions.get(call.name));
    setText(this.line, glimpse(call));
    this.#fill();
  }

  /** Unfold it, and lead the reader to it. */
  reveal() {
    this.element.open = true;
    this.#fill();
    bringIntoView(this.element, "nearest");
    this.summary.focus({ preventScroll: true });
  }

  /** Only what is unfolded needs its text: there can be forty. */
  #fill() {
    if (!this.element.open || !this.call) return;
    const { record, call } = this;
    const steps = record.rewards.solutions.get(call.name)?.steps ?? null;
    const scored = Boolean(steps?.length) && !this.#textWanted;
    this.steps.update(scored ? steps : null);
    this.text.update(record, call);
    if (scored) show(this.text.element, false);
    setText(this.problem, call.message);
    show(this.problem, call.state === "failed");
    show(this.toggle, Boolean(steps?.length));
    setText(this.toggle, scored ? "Show the text" : "Show the scores of its steps");
    setText(this.numbers, numbersOf(call));
  }

  #turn() {
    this.#textWanted = !this.#textWanted;
    this.#fill();
  }
}
