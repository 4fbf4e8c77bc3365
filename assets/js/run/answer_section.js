// The answer of the whole run, who agrees with it, and what it took.

import { create, mark, setText, show } from "../page/dom.js";
import { count, row, seconds } from "../page/format.js";
import { PanelsSection } from "./section.js";

export class AnswerSection extends PanelsSection {
  constructor() {
    super("answer", "Answer");
    this.answer = create("p", { classes: "final", attributes: { dir: "auto" } });
    this.judged = create("span", { classes: "verdict" });
    this.agreed = create("p", { classes: "agreed" });
    this.numbers = create("p", { classes: "numbers quiet" });
    this.conclusion = create("div", { classes: "conclusion" }, create("div", { classes: "final-row" }, this.answer, this.judged), this.agreed, this.numbers);
    this.grid.before(this.conclusion);
  }

  update(record) {
    super.update(record);
    const finished = record.finished;
    const concluded = finished?.outcome === "done";
    show(this.conclusion, concluded);
    if (!concluded) return;
    const open = record.started.question.kind === "open";
    const missing = finished.answer === null && !open;
    setText(this.answer, missing ? "No answer could be extracted: read what the experts wrote." : (finished.answer ?? ""));
    mark(this.answer, "missing", missing ? "" : null);
    mark(this.answer, "long", this.answer.textContent.length > 40 ? "" : null);
    mark(this.judged, "correct", finished.correct);
    setText(this.judged, finished.correct === true ? "✓ right" : `✗ wrong, right is ${record.started.question.gold}`);
    show(this.judged, finished.correct !== null);
    setText(this.agreed, row(agreement(finished), changedMinds(record)));
    const tokens = [...record.calls.values()].reduce((sum, call) => sum + call.tokens, 0);
    setText(this.numbers, row(count(tokens, "token"), seconds(finished.seconds), count(record.calls.size, "call")));
  }
}

function agreement(finished) {
  const votes = Object.values(finished.agreement);
  const agreeing = votes.filter(Boolean).length;
  if (!votes.length) return "";
  if (finished.answer === null) return "";
  if (!agreeing) return `no consensus: none of ${votes.length} experts gave this answer`;
  const short = agreeing * 2 <= votes.length ? "no consensus: " : "";
  return `${short}${agreeing} of ${votes.length} agree`;
}

/** Whose answer critique changed, and for better or worse where that is known. */
function changedMinds(record) {
  const minds = record.callsOf("refine").flatMap((last) => {
    const first = record.calls.get(last.target);
    if (!first || !last.changed) return [];
    const judged = first.correct === null ? "" : ` (${first.correct ? "right" : "wrong"} → ${last.correct ? "right" : "wrong"})`;
    return [`${record.expert(last.expert).title}${judged}`];
  });
  if (minds.length) return `changed by critique: ${minds.join(", ")}`;
  return record.callsOf("refine").length ? "nobody changed its answer" : "";
}
