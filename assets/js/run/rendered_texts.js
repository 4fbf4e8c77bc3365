// Finished texts as HTML: asked for when they come near the reader's sight, several at once, unless the reader wants plain text.

import { read } from "../page/read.js";

const NEAR = "800px"; // how far out of sight a text is asked for
const GATHERING = 40; // milliseconds in which texts gather for one request
const MOST = 16; // texts in one request
const AGAIN = 5_000; // milliseconds until a lost connection is tried again
const KEPT = "disputatio.texts";

class RenderedTexts {
  #wanted = localStorage.getItem(KEPT) !== "plain";
  #asks = new WeakMap(); // element → what is to be shown in it: {run, call, show}
  #near = new Set(); // elements near the reader's sight that wait for their text
  #known = new Map(); // run and call → HTML
  #timer = null;
  #observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: NEAR, scrollMargin: NEAR });

  /** Whether the reader wants texts rendered; kept for the next visit. */
  get wanted() {
    return this.#wanted;
  }

  set wanted(wanted) {
    this.#wanted = wanted;
    localStorage.setItem(KEPT, wanted ? "rendered" : "plain");
    this.#soon();
  }

  /**
   * Call `show(html)` with the text of a finished call, once `element` is near the reader's sight. It returns what is to be
   * done when all texts that came together are in place, so that the page is laid out once for all of them.
   */
  want(element, run, call, show) {
    this.#asks.set(element, { run, call, show });
    this.#observer.observe(element);
  }

  /** Nothing is wanted in `element` any more. */
  leave(element) {
    this.#asks.delete(element);
    this.#near.delete(element);
    this.#observer.unobserve(element);
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && this.#asks.has(target)) this.#near.add(target);
      else this.#near.delete(target);
    }
    this.#soon();
  }

  #soon(pause = GATHERING) {
    if (this.#wanted && this.#near.size) this.#timer ??= setTimeout(() => this.#ask(), pause);
  }

  async #ask() {
    const waiting = [...this.#near].map((element) => [element, this.#asks.get(element)]);
    const run = waiting[0]?.[1].run;
    const some = waiting.filter(([, ask]) => ask.run === run).slice(0, MOST);
    const missing = some.map(([, ask]) => ask.call).filter((call) => !this.#known.has(`${run} ${call}`));
    try {
      if (missing.length) await this.#fetch(run, missing);
    } catch (error) {
      if (!error.status) return this.#later();
      // What the server refuses stays plain.
    }
    this.#timer = null;
    const placed = some.map(([element, { call, show }]) => {
      if (this.#asks.get(element)?.call !== call) return null;
      this.leave(element);
      const html = this.#known.get(`${run} ${call}`);
      return html === undefined ? null : show(html);
    });
    for (const settle of placed) settle?.();
    this.#soon();
  }

  async #fetch(run, calls) {
    const query = new URLSearchParams(calls.map((call) => ["call", call]));
    const found = await read(`runs/${encodeURIComponent(run)}/rendered?${query}`);
    for (const [call, html] of Object.entries(found)) this.#known.set(`${run} ${call}`, html);
  }

  #later() {
    this.#timer = null;
    this.#soon(AGAIN);
  }
}

export const renderedTexts = new RenderedTexts();
