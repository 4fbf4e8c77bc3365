// The draft of one item: sent to the server soon after each change and before the page goes, and kept in this browser until the
// server has it.

import { send } from "../page/send.js";

const AFTER_CHANGE = 300; // milliseconds without a change before the draft is sent
const AGAIN = 3_000; // milliseconds until the next try after a lost connection
const SLACK = 2; // seconds by which two clocks may be apart
const KEPT = "disputatio.draft";

export class KeptDraft {
  #unsent = null; // what the server has not got yet
  #sending = null; // a promise, while it is sent
  #timer = null;
  #closed = false;

  /**
   * Of the item at `path`, in the hands of `annotator`, as the server has it in `annotation`. `skew`: seconds that this
   * browser's clock is ahead of the server's. `tell(words, error)` says how it stands.
   */
  constructor(path, annotator, { status, revision }, skew, tell) {
    this.path = path;
    this.key = `${KEPT} ${annotator} ${path}`;
    this.status = status;
    this.revision = revision;
    this.skew = skew;
    this.tell = tell;
    this.leave = () => document.visibilityState !== "visible" && this.#leave();
    this.go = () => this.#leave();
    document.addEventListener("visibilitychange", this.leave);
    addEventListener("pagehide", this.go);
  }

  /** What was said here and never reached the server, unless the server has something newer than that; else null. */
  recover(updatedAt) {
    const found = stored(this.key);
    if (!found) return null;
    if (updatedAt !== null && found.at + SLACK < updatedAt) {
      localStorage.removeItem(this.key);
      return null;
    }
    this.#unsent = found.said;
    this.#soon(0);
    return found.said;
  }

  /** Keep what is said now. */
  keep(said) {
    this.#unsent = said;
    localStorage.setItem(this.key, JSON.stringify({ said, at: Date.now() / 1000 - this.skew }));
    this.tell("");
    this.#soon(AFTER_CHANGE);
  }

  /** Send at once what is not sent yet. Throws what the server answers where it refuses. */
  async settle() {
    clearTimeout(this.#timer);
    await this.#sending?.catch(() => {});
    if (this.#unsent) await this.#post();
  }

  /** What was said is on the server for good, or need not be kept. */
  forget() {
    this.#unsent = null;
    clearTimeout(this.#timer);
    localStorage.removeItem(this.key);
  }

  /** The item is left: send what is not sent yet. */
  close() {
    this.#leave();
    this.#closed = true;
    document.removeEventListener("visibilitychange", this.leave);
    removeEventListener("pagehide", this.go);
  }

  #soon(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  /** The page goes, and a request under way may go with it. */
  #leave() {
    clearTimeout(this.#timer);
    if (this.#sending) this.revision = null; // which of the two arrives first is not known
    if (this.#unsent) this.#post({ keepalive: true }).catch(() => {}); // it is kept here, too
  }

  async #send() {
    if (!this.#unsent) return;
    if (this.#sending) return this.#soon(AFTER_CHANGE);
    try {
      await this.#post();
      this.tell(this.#unsent ? "" : "draft saved");
    } catch (error) {
      this.#failed(error);
    }
  }

  async #post(options) {
    const said = this.#unsent;
    this.#sending = this.#hand(said, options);
    try {
      await this.#sending;
    } finally {
      this.#sending = null;
    }
    if (this.#unsent === said) this.forget();
  }

  /** What was done before has to be opened again to be changed. */
  async #hand(said, options) {
    if (this.status !== "draft") this.#learn(await send(`${this.path}/reopen`, {}, options));
    this.#learn(await send(`${this.path}/draft`, { ...said, revision: this.revision }, options));
  }

  #learn({ status, revision }) {
    this.status = status;
    this.revision = revision;
  }

  #failed(error) {
    if (this.#closed) return;
    if (error.status) {
      this.tell(`not saved: ${error.message}`, error);
      return;
    }
    this.tell("connection lost: kept in this browser, trying again …");
    this.#soon(AGAIN);
  }
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // not ours
  }
}
