// The runs that match, page by page as the server gives them.

import { read } from "../page/read.js";
import { query } from "./criteria.js";

const PAGE = 50; // runs
const LARGEST_PAGE = 200; // runs, as the server allows
const AGAIN = 2_000; // milliseconds until the next try after a lost connection

/**
 * `listener.loading()` is told that a first page was asked for, `came(runs)` gets it, `added(runs)` one that follows,
 * `renewed(runs, all)` the top of the list (or all of it) as it now is. `refused(message)` is told why the server gives
 * nothing, `lost()` that the connection is lost; trying goes on. An answer that was overtaken is dropped.
 */
export class Listing {
  constructor(listener) {
    this.listener = listener;
    this.next = null;
    this.asked = null;
  }

  /** Load the first page of what the address asks for. */
  async load() {
    this.criteria = String(query());
    this.listener.loading();
    await this.#page(null, (runs) => this.listener.came(runs));
  }

  /** Load the page that follows, if there is one. */
  async more() {
    if (this.next) await this.#page(this.next, (runs) => this.listener.added(runs));
  }

  /** Read the first `count` runs anew, of very many only the top unless `all` are wanted. */
  async renew(count, { all = false } = {}) {
    const { asked } = this;
    const runs = [];
    let before = null;
    try {
      do {
        const page = await this.#read(before, Math.min(LARGEST_PAGE, Math.max(PAGE, count - runs.length)));
        runs.push(...page.runs);
        before = page.next;
      } while (all && before && runs.length < count);
    } catch {
      return; // what is shown stays, until the next look
    }
    if (asked !== this.asked) return;
    const whole = all || count <= LARGEST_PAGE || before === null;
    if (whole) this.next = before;
    this.listener.renewed(runs, whole);
  }

  async #page(before, came) {
    const asked = (this.asked = Symbol("asked"));
    clearTimeout(this.timer);
    try {
      const page = await this.#read(before, PAGE);
      if (asked !== this.asked) return;
      this.next = page.next;
      came(page.runs);
    } catch (error) {
      if (asked !== this.asked) return;
      if (error.status) {
        this.listener.refused(error.message);
        return;
      }
      this.listener.lost();
      this.timer = setTimeout(() => this.#page(before, came), AGAIN);
    }
  }

  #read(before, limit) {
    const asked = query();
    asked.set("limit", limit);
    if (before) asked.set("before", before);
    return read(`runs?${asked}`);
  }
}
