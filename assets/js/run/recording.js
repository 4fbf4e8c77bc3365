// A whole run with the time of each of its events: its record at any moment.

import { Record } from "./record.js";

const BETWEEN = 1_000; // events between two records that are kept to go back to

export class Recording {
  #kept; // the record after 0, BETWEEN, 2 · BETWEEN … events, as far as it was played
  #record;
  #place = 0; // events that #record is made of

  /** `events`: all of the run's, `status`: how it ended. */
  constructor(run, events, status) {
    this.events = events;
    this.status = status;
    const begin = events[0].at;
    let latest = 0;
    /** Seconds from the run's beginning to each event; a clock that was set back is not followed. */
    this.times = events.map(({ at }) => (latest = Math.max(latest, at - begin)));
    this.#kept = [new Record(run)];
    this.#record = this.#kept[0].copy();
  }

  /** How many events had happened after `seconds`. */
  placeAt(seconds) {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The record after the first `place` events. It is changed by the next call: copy what is to stay. */
  recordAt(place) {
    const kept = Math.min(this.#kept.length - 1, Math.floor(place / BETWEEN));
    if (place < this.#place || kept * BETWEEN > this.#place) {
      this.#record = this.#kept[kept].copy();
      this.#place = kept * BETWEEN;
    }
    while (this.#place < place) {
      this.#record.apply(this.events[this.#place]);
      this.#place += 1;
      if (this.#place === this.#kept.length * BETWEEN) this.#kept.push(this.#record.copy());
    }
    if (place === this.events.length) this.#record.settle(this.status);
    return this.#record;
  }
}
