// Keeping an item in hand while its annotator is at work on it.

import { send } from "../page/send.js";

const EVERY = 120_000; // milliseconds between two renewals
const AT_WORK = 300_000; // milliseconds since the last sign of life in which somebody is taken to be at work
const SIGNS = ["keydown", "pointermove", "scroll"];

export class Lease {
  #last = Date.now();
  #seen = () => (this.#last = Date.now());
  #timer;

  /** Of the item at `path`; `lost(error)` is called where the server refuses. */
  constructor(path, lost) {
    for (const sign of SIGNS) addEventListener(sign, this.#seen, { passive: true, capture: true });
    this.#timer = setInterval(() => this.#renew(path, lost), EVERY);
  }

  close() {
    clearInterval(this.#timer);
    for (const sign of SIGNS) removeEventListener(sign, this.#seen, { capture: true });
  }

  async #renew(path, lost) {
    if (document.visibilityState !== "visible" || Date.now() - this.#last > AT_WORK) return;
    try {
      await send(`${path}/renew`);
    } catch (error) {
      if (error.status) lost(error); // a lost connection is told by the draft
    }
  }
}
