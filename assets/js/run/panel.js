// A panel: one expert's call, whose words it streams.

import { colour } from "../page/colour.js";
import { create, label, mark, setText, show } from "../page/dom.js";
import { count, rate, row, seconds, signed, size } from "../page/format.js";
import { CallText } from "./call_text.js";
import { RewardLine } from "./reward_line.js";
import { phaseOf, stateOf } from "./state.js";
import { Verdict } from "./verdict.js";

export class Panel {
  constructor() {
    this.name = create("h3", { classes: "name" });
    this.size = create("span", { classes: "quiet" });
    this.state = create("span", { classes: "state" });
    this.skills = create("p", { classes: "skills quiet" });
    this.loading = create("progress", { attributes: { max: "1" } });
    this.text = new CallText();
    this.problem = create("p", { classes: "problem" });
    this.verdict = new Verdict();
    this.reward = new RewardLine();
    this.numbers = create("span", { classes: "numbers quiet" });
    this.element = create(
      "article",
      { classes: "panel", on: { contentvisibilityautostatechange: (event) => this.text.streamed.sleep(event.skipped) } },
      create("header", {}, this.name, this.size, this.state),
      this.skills,
      this.loading,
      this.text.element,
      this.problem,
      create("footer", {}, this.verdict.element, this.reward.element, this.numbers),
    );
  }

  update(record, call) {
    const expert = record.expert(call.expert);
    const phase = phaseOf(record, call);
    colour(this.element, expert.place);
    mark(this.element, "phase", phase);
    mark(this.element, "call", call.name);
    setText(this.name, expert.title);
    setText(this.size, size(expert));
    show(this.size, Boolean(this.size.textContent));
    setText(this.state, stateOf(record, call));
    setText(this.skills, recruitedFor(record, call));
    show(this.skills, Boolean(this.skills.textContent));
    this.#showLoading(phase === "loading" ? record.waitsFor(call).loading : null, expert);
    this.text.update(record, call);
    setText(this.problem, call.state === "failed" ? call.message : "");
    show(this.problem, call.state === "failed");
    this.verdict.update(call.answer, call.correct);
    this.reward.update(record.rewards.solutions.get(call.name));
    setText(this.numbers, numbersOf(call));
  }

  /** A bar while the expert's model is being loaded; it only moves to and fro where nobody knows how much is done. */
  #showLoading(loading, expert) {
    show(this.loading, Boolean(loading));
    if (!loading) return;
    label(this.loading, `Loading ${expert.title}`);
    if (loading.share === null) this.loading.removeAttribute("value");
    else this.loading.value = loading.share;
  }
}

/** tokens · seconds · tokens/s */
export function numbersOf(call) {
  if (!call.tokens) return "";
  const spent = call.generating;
  return row(count(call.tokens, "token"), seconds(spent), rate(call.tokens, spent));
}

/** The skills that spoke for the expert, strongest first. */
function recruitedFor(record, call) {
  const candidate = record.recruited?.candidates.find((one) => one.expert === call.expert);
  if (!candidate || call.step !== "reason") return "";
  const skills = Object.entries(candidate.by_skill)
    .filter(([, score]) => score > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3);
  return skills.map(([skill, score]) => `${skill} ${signed(score)}`).join(" · ");
}
