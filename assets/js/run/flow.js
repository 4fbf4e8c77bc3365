// Words come in batches, five times a second at most. Each batch is shown over the time until the next one is due, so that
// the text flows; one clock moves all texts of the page, and the page is laid out once for all of them.

import { calm } from "../page/dom.js";

const REST = 22; // milliseconds between two steps: the eye sees no more, and the processor has others to serve

class Flow {
  #texts = new Set();
  #awaited = false; // whether the next step is on its way

  constructor() {
    document.addEventListener("visibilitychange", () => document.hidden && this.#step(Infinity));
  }

  /** Whether texts may flow now: not where nobody sees it, or wants to. */
  get open() {
    return !document.hidden && !calm();
  }

  /** Move `text` on with every step until its `advance(now)` says that it has arrived. */
  add(text) {
    this.#texts.add(text);
    this.#go();
  }

  #go() {
    if (this.#awaited || !this.#texts.size) return;
    this.#awaited = true;
    requestAnimationFrame((now) => {
      this.#step(now);
      setTimeout(() => {
        this.#awaited = false;
        this.#go();
      }, REST);
    });
  }

  /** All texts are changed first and measured afterwards: measuring in between would lay the page out again for each. */
  #step(now) {
    const moved = [...this.#texts];
    for (const text of moved) if (text.advance(now)) this.#texts.delete(text);
    const following = moved.filter((text) => text.moves).map((text) => text.element);
    const ends = following.map((box) => box.scrollHeight);
    following.forEach((box, place) => (box.scrollTop = ends[place]));
  }
}

export const flow = new Flow();
