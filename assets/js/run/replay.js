// A replay of a run that is over: the same view, at the reader's pace.

import { go } from "../page/address.js";
import { read } from "../page/read.js";
import { Recording } from "./recording.js";
import { ReplayBar } from "./replay_bar.js";
import { ReplayClock } from "./replay_clock.js";

const BETWEEN = 60; // milliseconds between two changes of the page; the texts flow in between
const LEAP = 0.25; // seconds that may pass between two frames; while nobody sees the page, no time passes
const MOVE = 5; // seconds that a key moves
const AWAY = ["wheel", "touchmove"]; // what readers do who look elsewhere than where the replay is

/** Plays one run to a listener as that of Follower, which is also told `entered(step, atOnce)`: played into, or jumped to. */
export class Replay {
  #recording = null;
  #clock = null;
  #at = 0; // where it is, in seconds of the replay
  #shown = null; // the events that the page shows, as a number; null after a jump
  #jumped = true; // whether the page got there by a jump
  #step = null;
  #playing = true;
  #speed = 1;
  #following = true;
  #frame = null;
  #last = 0; // when the clock was moved and the page was changed, in milliseconds
  #changed = 0;

  constructor(run, listener) {
    this.run = run;
    this.listener = listener;
    this.bar = new ReplayBar({
      toggle: () => this.toggle(),
      seek: (seconds) => this.#seek(seconds),
      speed: (speed) => (this.#speed = speed),
      skip: (skipping) => this.#skip(skipping),
      follow: (following) => this.#follow(following),
      leave: () => go({ replay: null }),
    });
    this.element = this.bar.element;
    this.away = ({ target }) => this.element.contains(target) || this.#lookAway();
    for (const kind of AWAY) addEventListener(kind, this.away, { passive: true });
    this.#load();
  }

  close() {
    this.closed = true;
    cancelAnimationFrame(this.#frame);
    for (const kind of AWAY) removeEventListener(kind, this.away);
  }

  /** Play, from the beginning again where it is at its end, or pause. */
  toggle() {
    if (!this.#recording) return;
    if (!this.#playing && this.#at >= this.#clock.seconds) this.#seek(0);
    this.#playing = !this.#playing;
    this.#go();
  }

  /** Move on (1) or back (−1) by a few seconds. */
  move(by) {
    if (this.#recording) this.#seek(this.#at + by * MOVE);
  }

  async #load() {
    let whole;
    try {
      whole = await read(`runs/${encodeURIComponent(this.run)}?whole=1`);
    } catch (error) {
      if (this.closed) return;
      if (error.status === 404) this.listener.unknown();
      else this.listener.troubled("The recording cannot be had now: see whether Disputatio is running, and load the page again.");
      return;
    }
    if (this.closed) return;
    if (whole.status === "running") return go({ replay: null }, { replace: true }); // it is followed instead
    this.#recording = new Recording(this.run, whole.events, whole.status);
    this.#skip(true);
  }

  #skip(skipping) {
    if (!this.#recording) return;
    const moment = this.#clock?.toRun(this.#at) ?? 0;
    this.#clock = new ReplayClock(this.#recording, skipping);
    this.#at = this.#clock.toReplay(moment);
    this.bar.draw(this.#steps(), this.#clock.seconds);
    this.#go();
  }

  #steps() {
    const { events, times } = this.#recording;
    const begun = events.flatMap((event, place) => (event.kind === "step_started" ? [{ ...event, begin: this.#clock.toReplay(times[place]) }] : []));
    return begun.map((step, place) => ({ ...step, end: begun[place + 1]?.begin ?? this.#clock.seconds }));
  }

  #seek(seconds) {
    this.#at = Math.max(0, Math.min(this.#clock.seconds, seconds));
    this.#shown = null;
    this.#go();
  }

  #go() {
    this.#last = performance.now();
    this.#frame ??= requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now) {
    this.#frame = null;
    if (this.#playing) {
      this.#at += this.#speed * Math.min(LEAP, Math.max(0, now - this.#last) / 1000);
      if (this.#at >= this.#clock.seconds) {
        this.#at = this.#clock.seconds;
        this.#playing = false;
      }
    }
    this.#last = now;
    if (!this.#playing || this.#shown === null || now - this.#changed >= BETWEEN) this.#show(now);
    if (this.#playing) this.#frame = requestAnimationFrame((next) => this.#tick(next));
  }

  #show(now) {
    const place = this.#recording.placeAt(this.#clock.toRun(this.#at));
    const record = this.#recording.recordAt(place);
    if (place !== this.#shown) {
      record.growing = this.#playing && this.#shown !== null;
      this.#jumped = !record.growing;
      this.listener.came(record);
      this.#shown = place;
      this.#changed = now;
    }
    this.bar.tell(this.#at, this.#clock.seconds, record.step, this.#playing);
    if (this.#step === record.step) return;
    this.#step = record.step;
    if (record.steps.length > 1) this.#arrive();
  }

  #follow(following) {
    this.#following = following;
    this.#arrive();
  }

  #arrive() {
    if (this.#following && this.#step) this.listener.entered(this.#step, this.#jumped);
  }

  #lookAway() {
    this.#following = false;
    this.bar.follow.ariaPressed = "false";
  }
}
