// The answer of the whole run: who agrees with it, whose mind was changed by whose critique, and what it took.

import { colour } from "../page/colour.js";
import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { count, row, seconds } from "../page/format.js";
import { PanelsSection } from "./section.js";
import { WeightedVote } from "./weighted_vote.js";

export class AnswerSection extends PanelsSection {
  constructor() {
    super("answer", "Answer");
    this.answer = create("p", { classes: "final", attributes: { dir: "auto" } });
    this.judged = create("span", { classes: "verdict" });
    this.aggregator = create("p", { classes: "aggregator quiet" });
    this.weights = new WeightedVote();
    this.agreed = create("p", { classes: "agreed" });
    this.voters = create("ul", { classes: "voters", attributes: { "aria-label": "Who agrees" } });
    this.moved = create("p", { classes: "changed-minds" });
    this.minds = create("ul", { classes: "minds", attributes: { "aria-label": "Whose mind was changed" } });
    this.numbers = create("p", { classes: "numbers quiet" });
    this.conclusion = create(
      "div",
      { classes: "conclusion" },
      create("div", { classes: "final-row" }, this.answer, this.judged),
      this.weights.element,
      create("div", { classes: "agreement" }, this.agreed, this.voters),
      this.moved,
      this.minds,
      this.numbers,
    );
    this.grid.before(this.conclusion, this.aggregator);
    this.votes = new Keyed(this.voters, () => new Vote());
    this.changes = new Keyed(this.minds, () => new ChangedMind());
  }

  update(record) {
    super.update(record);
    setText(this.aggregator, record.aggregator ? aggregation(record) : "");
    show(this.aggregator, record.aggregator !== null);
    const { finished } = record;
    const concluded = finished?.outcome === "done";
    show(this.conclusion, concluded);
    if (!concluded) return;
    this.#showAnswer(finished, record.started.question);
    const weighed = record.rewards.votes;
    this.weights.update(weighed);
    const votes = weighed || finished.answer === null ? [] : Object.entries(finished.agreement);
    setText(this.agreed, weighed ? "" : agreement(finished));
    show(this.agreed, Boolean(this.agreed.textContent));
    this.votes.update(votes, ([name]) => name, (vote, [name, agrees]) => vote.update(record.expert(name), agrees, lastAnswer(record, name)));
    show(this.voters, votes.length > 0);
    const refined = weighed ? [] : standing(record, "refine").filter((call) => call.answer !== undefined);
    const changed = refined.filter((call) => call.changed && record.calls.has(call.target));
    setText(this.moved, !refined.length ? "" : changed.length ? "Changed by critique:" : "Nobody changed its answer.");
    show(this.moved, refined.length > 0);
    this.changes.update(changed, (call) => call.name, (mind, call) => mind.update(record, call));
    show(this.minds, changed.length > 0);
    const calls = [...record.calls.values()];
    const scorings = calls.filter((call) => call.scores).length;
    const tokens = calls.reduce((sum, call) => sum + call.tokens, 0);
    setText(this.numbers, row(count(tokens, "token"), seconds(finished.seconds), count(calls.length - scorings, "call"), scorings && count(scorings, "scoring")));
  }

  #showAnswer(finished, question) {
    const missing = finished.answer === null && question.kind !== "open";
    const text = missing ? "No answer could be extracted: read what the experts wrote." : (finished.answer ?? "");
    setText(this.answer, text);
    show(this.answer, Boolean(text));
    mark(this.answer, "missing", missing ? "" : null);
    mark(this.answer, "long", text.length > 40 ? "" : null);
    mark(this.judged, "correct", finished.correct);
    setText(this.judged, finished.correct === true ? "✓ right" : `✗ wrong, right is ${question.gold}`);
    show(this.judged, finished.correct !== null);
  }
}

/** Who aggregates, and why. */
function aggregation(record) {
  const { expert, how, task, right, of } = record.aggregator;
  const why = {
    task: `it was right in ${right} of ${count(of, "test")} of aggregating ${task}`,
    adaptive: "it is the expert best suited to this question",
    pool: "the pool names it",
  };
  return `${record.expert(expert).title} aggregates: ${why[how]}.`;
}

function agreement({ answer, agreement: votes }) {
  const all = Object.values(votes);
  const agreeing = all.filter(Boolean).length;
  if (!all.length || answer === null) return "";
  if (!agreeing) return `No consensus: none of ${all.length} experts gave this answer`;
  const short = agreeing * 2 <= all.length ? "No consensus: " : "";
  return `${short}${agreeing} of ${all.length} agree`;
}

/** What an expert answered last, null where nothing was found in it; undefined where it answered nothing. */
function lastAnswer(record, name) {
  const own = (call) => call.expert === name && call.answer !== undefined;
  return [...record.callsOf("reason"), ...standing(record, "refine")].findLast(own)?.answer;
}

/** The calls of a step less the candidates that were not chosen. */
function standing(record, step) {
  return record.callsOf(step).filter((call) => record.reranking.chosen(call.name) !== false);
}

class Vote {
  constructor() {
    this.name = create("span", { classes: "who" });
    this.says = create("span", { attributes: { dir: "auto" } });
    this.element = create("li", {}, this.name, " ", this.says);
  }

  update(expert, agrees, answer) {
    colour(this.element, expert.place);
    mark(this.element, "agrees", agrees);
    setText(this.name, expert.title);
    setText(this.says, agrees ? "✓ agrees" : answer ? `✗ says ${answer}` : "✗ has no answer");
  }
}

/** Whose answer critique changed, from what to what, and who had found an error in the first one. */
class ChangedMind {
  constructor() {
    this.name = create("span", { classes: "who" });
    this.answers = create("span", { attributes: { dir: "auto" } });
    this.judged = create("span", { classes: "verdict" });
    this.because = create("span", { classes: "quiet" });
    this.found = create("span", { classes: "critics" });
    this.element = create("li", {}, this.name, " ", this.answers, " ", this.judged, " ", this.because, " ", this.found);
    this.critics = new Keyed(this.found, () => ({ element: create("span", { classes: "who" }) }));
  }

  update(record, last) {
    const first = record.calls.get(last.target);
    const expert = record.expert(last.expert);
    colour(this.name, expert.place);
    setText(this.name, expert.title);
    setText(this.answers, `${first.answer ?? "no answer"} → ${last.answer ?? "no answer"}`);
    const known = first.correct !== null && last.correct !== null;
    show(this.judged, known);
    mark(this.judged, "correct", first.correct === last.correct ? null : last.correct);
    setText(this.judged, `${first.correct ? "right" : "wrong"} → ${last.correct ? "right" : "wrong"}`);
    const critics = record.callsOf("critique").filter((call) => call.target === first.name && call.verdict === "wrong");
    setText(this.because, critics.length ? "after an error was found by" : "though no critic said it was wrong");
    this.critics.update(critics, (call) => call.name, ({ element }, call) => {
      const critic = record.expert(call.expert);
      colour(element, critic.place);
      setText(element, critic.title);
    });
  }
}
