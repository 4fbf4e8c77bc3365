// What is known of a run, made of its events in order. Live, afterwards and in a replay it is the same.

import { Call } from "./call.js";
import { Faithfulness } from "./faithfulness.js";
import { Reranking } from "./reranking.js";
import { Rewards } from "./rewards.js";

export class Record {
  constructor(run) {
    this.run = run;
    this.growing = false; // whether what is added is seen as it comes, live or replayed
    this.started = null;
    this.began = null; // when it was first asked, in Unix seconds
    this.status = "running";
    this.steps = []; // entered so far: {step, round}; a step can be entered again, in its next round
    this.calls = new Map();
    this.skills = null;
    this.recruited = null;
    this.critics = new Map(); // answering call → critics_chosen, where critics are drawn by quality
    this.judged = null; // what a model judge says of a critique
    this.aggregator = null; // who was chosen to write the answer, and why
    this.loading = new Map(); // expert name → {share, message}
    this.loadings = []; // {expert, from, until}, in Unix seconds; until is null while it goes on
    this.at = null; // when the last event happened, in Unix seconds
    this.notices = [];
    this.rewards = new Rewards();
    this.reranking = new Reranking();
    this.faithfulness = new Faithfulness();
    this.finished = null;
  }

  get running() {
    return this.status === "running";
  }

  get step() {
    return this.steps.at(-1)?.step ?? null;
  }

  /** The expert's entry in the pool, and its place there (−1 where the pool does not have it). */
  expert(name) {
    const place = this.started?.experts.findIndex((expert) => expert.name === name) ?? -1;
    return { place, name, title: name, ...(place >= 0 ? this.started.experts[place] : {}) };
  }

  /** The calls whose texts a step consists of, in all its rounds or in one: neither scores nor votes. */
  callsOf(step, round = null) {
    return [...this.calls.values()].filter((call) => call.step === step && !call.scores && !call.votes && (round === null || call.round === round));
  }

  /** How often a step was entered by now. */
  roundOf(step) {
    return this.steps.filter((one) => one.step === step).length;
  }

  /** What a waiting call waits for: "loading", or the title of the expert that is at work, or null. */
  waitsFor(call) {
    if (this.loading.has(call.expert)) return { loading: this.loading.get(call.expert) };
    const busy = [...this.loading.keys(), ...[...this.calls.values()].filter((other) => other.state === "thinking").map((other) => other.expert)];
    const other = busy.find((name) => name !== call.expert);
    return { expert: other ? this.expert(other).title : null };
  }

  apply(event) {
    const call = event.call === undefined ? null : this.calls.get(event.call);
    const before = this.at;
    this.at = event.at;
    switch (event.kind) {
      case "run_started":
        this.started = event;
        this.#tellAnew(before);
        this.began ??= event.at;
        break;
      case "step_started":
        this.steps.push({ step: event.step, round: this.roundOf(event.step) + 1 });
        break;
      case "skills_found":
        this.skills = event;
        break;
      case "experts_recruited":
        this.recruited = event;
        break;
      case "aggregator_chosen":
        this.aggregator = event;
        break;
      case "critique_annotated":
        this.judged = event;
        break;
      case "critics_chosen":
        this.critics.set(event.call, event);
        break;
      case "call_queued":
        this.calls.set(event.call, new Call(event, this.roundOf(event.step)));
        break;
      case "expert_loading":
        if (!this.loading.has(event.expert)) this.loadings.push({ expert: event.expert, from: event.at, until: null });
        this.loading.set(event.expert, event);
        break;
      case "call_started":
        this.#loaded(call.expert, event.at);
        call.state = "thinking";
        call.startedAt = call.lastAt = event.at;
        break;
      case "call_delta":
        call.text += event.text;
        call.tokens += event.tokens;
        call.lastAt = event.at;
        break;
      case "call_finished":
        call.state = "done";
        call.text = event.text;
        call.tokens = event.tokens;
        call.endedAt = event.at;
        call.finished = event;
        break;
      case "call_failed":
        call.state = event.cancelled ? "stopped" : "failed";
        call.message = event.message;
        call.endedAt = event.at;
        this.#loaded(call.expert, event.at);
        break;
      case "answer_extracted":
        call.answer = event.answer;
        call.correct = event.correct;
        call.stoodBy = event.stood_by;
        call.changed = event.changed;
        break;
      case "critique_judged":
        call.verdict = event.verdict;
        break;
      case "noticed":
        this.notices.push(event.message);
        break;
      case "run_finished":
        this.finished = event;
        break;
      default:
        this.rewards.apply(event);
        this.reranking.apply(event);
        this.faithfulness.apply(event);
    }
  }

  /**
   * A run that goes on after it was interrupted tells everything again but its calls that were answered; one that is
   * asked anew after it failed has no calls any more. `before` is when it told something last.
   */
  #tellAnew(before) {
    if (this.finished?.outcome === "failed") {
      this.calls = new Map();
      this.loadings = [];
      this.began = null;
    }
    for (const expert of [...this.loading.keys()]) this.#loaded(expert, before);
    this.#closeUp(this.at - before);
    this.finished = null;
    this.judged = null;
    this.skills = null;
    this.recruited = null;
    this.critics = new Map();
    this.steps = [];
    this.notices = [];
    this.aggregator = null;
    this.rewards = new Rewards();
    this.reranking = new Reranking();
    this.faithfulness = new Faithfulness();
  }

  /** What was told so far happened `seconds` later: the time in which nobody asked the run takes no room in it. */
  #closeUp(seconds) {
    if (this.began === null) return;
    this.began += seconds;
    for (const call of this.calls.values()) call.happenLater(seconds);
    this.loadings = this.loadings.map(({ expert, from, until }) => ({ expert, from: from + seconds, until: until + seconds }));
  }

  /** The expert's loading, if it was, ended at `until`. */
  #loaded(expert, until) {
    if (!this.loading.delete(expert)) return;
    this.loadings = this.loadings.map((one) => (one.expert === expert && one.until === null ? { ...one, until } : one));
  }

  /** A record with all that is known by now, that can go on by itself. */
  copy() {
    const copy = Object.assign(new Record(this.run), this);
    copy.steps = [...this.steps];
    copy.notices = [...this.notices];
    copy.critics = new Map(this.critics);
    copy.loading = new Map(this.loading);
    copy.loadings = [...this.loadings];
    copy.rewards = this.rewards.copy();
    copy.reranking = this.reranking.copy();
    copy.faithfulness = this.faithfulness.copy();
    copy.calls = new Map([...this.calls].map(([name, call]) => [name, call.copy()]));
    return copy;
  }

  /** The run is over, or its app is: what had not ended by then never will. */
  settle(status) {
    this.status = status;
    if (status === "running") return;
    this.loading.clear();
    for (const call of this.calls.values()) {
      if (!call.over) call.state = status === "interrupted" ? "interrupted" : "stopped";
    }
  }
}
