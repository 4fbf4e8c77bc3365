// What is known of one model call.

/** A call in the `round`th time (from 1) that its step was entered. `state`: waiting, thinking, done, failed, stopped. */
export class Call {
  constructor(event, round) {
    this.name = event.call;
    this.expert = event.expert;
    this.step = event.step;
    this.round = round;
    this.scores = event.task !== undefined && event.task !== "generate"; // it gives numbers, not a text
    this.target = event.target;
    this.state = "waiting";
    this.text = "";
    this.tokens = 0;
    this.message = "";
    this.queuedAt = event.at;
    this.startedAt = null;
    this.lastAt = event.at;
    this.endedAt = null;
    this.finished = null;
    this.answer = undefined; // null: none was found
    this.correct = null;
    this.stoodBy = false;
    this.changed = null; // whether a refinement's answer differs from the first one
    this.verdict = null; // what a critique says of its answer: right, wrong, or null where it says neither
  }

  get over() {
    return !["waiting", "thinking"].includes(this.state);
  }

  /** Whether it votes on candidates. */
  get votes() {
    return this.name.startsWith("rerank/");
  }

  /** Seconds spent generating, so far or in all. */
  get generating() {
    if (this.finished) return this.finished.seconds - this.finished.seconds_queued;
    return this.startedAt === null ? 0 : this.lastAt - this.startedAt;
  }

  /** Move all times by so many seconds. */
  happenLater(seconds) {
    for (const name of ["queuedAt", "startedAt", "lastAt", "endedAt"]) {
      if (this[name] !== null) this[name] += seconds;
    }
  }

  copy() {
    return Object.assign(Object.create(Call.prototype), this);
  }
}
