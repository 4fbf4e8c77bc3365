// Following a run: asking for what came after the last event seen, until the run is over.

import { read } from "../page/read.js";
import { Record } from "./record.js";

const INTERVAL = 200; // milliseconds between two questions while the run goes on
const ASLEEP = 5_000; // milliseconds between two questions while nobody says that the run goes on
const PATIENCE = 10_000; // milliseconds to wait for one response
const LONGEST_PAUSE = 5_000;
const LOST = "Connection lost, trying again … The run goes on without this page.";

/**
 * Follows one run until it is over; one that is interrupted may go on. `listener.came(record)` gets its record whenever there is more; `listener.troubled(words)` is told what is
 * wrong on the way (trying goes on, with longer pauses), or "" when it is over; `listener.unknown()` that there is no
 * such run.
 */
export class Follower {
  constructor(run, listener) {
    this.record = new Record(run);
    this.listener = listener;
    this.last = 0;
    this.failures = 0;
    this.closed = false;
    this.wake = () => this.failures && this.#again(0);
    addEventListener("online", this.wake);
    this.#ask();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.wake);
  }

  async #ask() {
    let answer;
    try {
      answer = await read(`runs/${encodeURIComponent(this.record.run)}?after=${this.last}`, AbortSignal.timeout(PATIENCE));
    } catch (error) {
      if (!this.closed) this.#failed(error);
      return;
    }
    if (this.closed) return;
    this.failures = 0;
    if (this.record.status === "interrupted" && answer.status !== "interrupted") {
      this.#anew();
      return;
    }
    if (answer.status === "running") this.#again(INTERVAL);
    else if (answer.status === "interrupted") this.#again(ASLEEP);
    else this.close();
    this.#take(answer);
  }

  /** The run goes on after all, or went on: its calls were given up for lost, so all is read again. */
  #anew() {
    this.record = new Record(this.record.run);
    this.last = 0;
    this.#again(0);
  }

  #take({ events, status, problem }) {
    const same = status === "interrupted" && this.record.status === status && !events.length;
    if (events.length) this.last = events.at(-1).seq;
    for (const event of events) this.record.apply(event);
    this.record.settle(status);
    this.listener.troubled(problem ?? "");
    if (!same) this.listener.came(this.record);
    this.record.growing = true; // what comes from now on is seen as it comes
  }

  #failed(error) {
    if (error.status === 404) {
      this.close();
      this.listener.unknown();
      return;
    }
    this.failures += 1;
    this.#again(Math.min(LONGEST_PAUSE, INTERVAL * 2 ** this.failures));
    this.listener.troubled(error.status ? error.message : LOST);
  }

  #again(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), pause);
  }
}
