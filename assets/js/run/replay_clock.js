// The time of a replay: that of the run, or one in which long waits are short.

const WAIT = 2; // seconds in which nothing moves that are a wait
const SHORT = 0.5; // what is left of one
const STILL = new Set(["call_queued", "expert_loading", "noticed"]); // events that happen while everybody waits

export class ReplayClock {
  #run = [0]; // moments of the run, in seconds …
  #replay = [0]; // … and the moments of the replay at which they are; in between both go on evenly

  constructor({ events, times }, skipping) {
    const moving = times.filter((_, place) => !STILL.has(events[place].kind));
    const last = times.at(-1);
    let before = 0;
    for (const time of skipping ? moving : []) {
      if (time - before > WAIT) {
        this.#add(before, before - this.#run.at(-1));
        this.#add(time, SHORT);
      }
      before = time;
    }
    this.#add(last, last - this.#run.at(-1));
  }

  /** How long the replay is, in seconds. */
  get seconds() {
    return this.#replay.at(-1);
  }

  toRun(seconds) {
    return between(this.#replay, this.#run, seconds);
  }

  toReplay(seconds) {
    return between(this.#run, this.#replay, seconds);
  }

  #add(moment, length) {
    this.#run.push(moment);
    this.#replay.push(this.#replay.at(-1) + length);
  }
}

/** Where `value`, among the ascending `from`, is among `to`. */
function between(from, to, value) {
  const after = from.findIndex((one) => one > value);
  if (after < 0) return to.at(-1);
  const before = Math.max(0, after - 1);
  const share = (value - from[before]) / (from[after] - from[before]);
  return to[before] + share * (to[after] - to[before]);
}
