// Following a run: asking for what came after the last event seen, until the run is over.

import { read } from "../page/read.js";

const INTERVAL = 200; // milliseconds between two questions while the run goes on
const PATIENCE = 10_000; // milliseconds to wait for one response
const LONGEST_PAUSE = 5_000;

/**
 * Follows one run. `listener.came(events, status, problem)` gets new events in order, each once; `listener.lost()` is
 * told that the connection is lost (trying goes on, with longer pauses), `listener.unknown(message)` that there is no such run.
 */
export class Follower {
  constructor(run, listener) {
    this.run = run;
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
      answer = await read(`runs/${encodeURIComponent(this.run)}?after=${this.last}`, AbortSignal.timeout(PATIENCE));
    } catch (error) {
      if (!this.closed) this.#failed(error);
      return;
    }
    if (this.closed) return;
    this.failures = 0;
    if (answer.status === "running") this.#again(INTERVAL);
    else this.close();
    if (answer.events.length) this.last = answer.events.at(-1).seq;
    this.listener.came(answer.events, answer.status, answer.problem);
  }

  #failed(error) {
    if (error.status === 404) {
      this.close();
      this.listener.unknown(error.message);
      return;
    }
    this.failures += 1;
    this.#again(Math.min(LONGEST_PAUSE, INTERVAL * 2 ** this.failures));
    this.listener.lost();
  }

  #again(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), pause);
  }
}
