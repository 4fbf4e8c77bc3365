// A panel: one expert's call, whose words it streams.

import { colour } from "../page/colour.js";
import { create, mark, setText, show } from "../page/dom.js";
import { count, rate, row, seconds, signed, size } from "../page/format.js";
import { phaseOf, stateOf } from "./state.js";
import { StreamedText } from "./streamed_text.js";
import { Verdict } from "./verdict.js";

export class Panel {
  constructor() {
    this.name = create("h3", { classes: "name" });
    this.size = create("span", { classes: "quiet" });
    this.state = create("span", { classes: "state" });
    this.skills = create("p", { classes: "skills quiet" });
    this.text = new StreamedText();
    this.problem = create("p", { classes: "problem" });
    this.verdict = new Verdict();
    this.numbers = create("span", { classes: "numbers quiet" });
    this.element = create(
      "article",
      { classes: "panel" },
      create("header", {}, this.name, this.size, this.state),
      this.skills,
      this.text.element,
      this.problem,
      create("footer", {}, this.verdict.element, this.numbers),
    );
  }

  update(record, call) {
    const expert = record.expert(call.expert);
    colour(this.element, expert.place);
    mark(this.element, "phase", phaseOf(record, call));
    mark(this.element, "call", call.name);
    setText(this.name, expert.title);
    setText(this.size, size(expert));
    show(this.size, Boolean(this.size.textContent));
    setText(this.state, stateOf(record, call));
    setText(this.skills, recruitedFor(record, call));
    show(this.skills, Boolean(this.skills.textContent));
    this.text.element.setAttribute("aria-label", `${expert.title}: ${call.step}`);
    this.text.set(call.text);
    show(this.text.element, Boolean(call.text) || !call.over);
    setText(this.problem, call.state === "failed" ? call.message : "");
    show(this.problem, call.state === "failed");
    this.verdict.update(call.answer, call.correct);
    setText(this.numbers, numbersOf(call));
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
