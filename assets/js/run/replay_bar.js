// The controls of a replay: play, time with the steps drawn on it, speed, and what is skipped.

import { create, Keyed, mark, setText } from "../page/dom.js";
import { clock } from "../page/format.js";

const SPEEDS = [1, 2, 4, 8, 16];

export class ReplayBar {
  /** `chosen`: what the reader does: toggle(), seek(seconds), speed(factor), skip(boolean), follow(boolean), leave(). */
  constructor(chosen) {
    this.play = create("button", { classes: "button primary play", attributes: { type: "button" }, on: { click: chosen.toggle } });
    this.time = create("input", {
      attributes: { type: "range", min: "0", max: "0", step: "any", value: "0", "aria-label": "Moment of the replay" },
      on: { input: () => chosen.seek(this.time.valueAsNumber) },
    });
    this.lane = create("div", { classes: "lane", attributes: { "aria-hidden": "true" } });
    this.steps = new Keyed(this.lane, ({ step }) => ({ element: create("span", { attributes: { "data-step": step, title: step } }) }));
    this.told = create("span", { classes: "numbers quiet" });
    const speeds = SPEEDS.map((speed) => create("option", { attributes: { value: speed } }, `${speed}×`));
    this.speed = create("select", { classes: "field", attributes: { "aria-label": "Speed" }, on: { change: () => chosen.speed(Number(this.speed.value)) } }, ...speeds);
    this.skip = toggle("Skip waiting", "Waits of more than 2 seconds are made short", chosen.skip);
    this.follow = toggle("Follow", "The page goes to each step as it begins", chosen.follow);
    this.element = create(
      "div",
      { classes: "replay-bar", attributes: { role: "group", "aria-label": "Replay" } },
      this.play,
      create("div", { classes: "track" }, this.time, this.lane),
      this.told,
      this.speed,
      this.skip,
      this.follow,
      create("button", { classes: "button", attributes: { type: "button" }, on: { click: chosen.leave } }, "Leave replay"),
    );
    this.tell(0, 0, null, false);
  }

  /** Draw the steps, each as {step, ordinal, begin, end} in seconds of a replay of `seconds`. */
  draw(steps, seconds) {
    this.time.max = seconds;
    this.steps.update(steps, ({ ordinal }) => ordinal, ({ element }, { begin, end }) => {
      element.style.left = `${(100 * begin) / seconds}%`;
      element.style.width = `${(100 * (end - begin)) / seconds}%`;
    });
  }

  tell(at, seconds, step, playing) {
    this.time.valueAsNumber = at;
    setText(this.told, `${clock(at)} / ${clock(seconds)}`);
    this.time.setAttribute("aria-valuetext", `${clock(at)} of ${clock(seconds)}${step ? `, ${step}` : ""}`);
    setText(this.play, playing ? "Pause" : "Play");
    mark(this.play, "playing", playing ? "" : null);
  }
}

/** A button that is on until it is pressed. */
function toggle(words, title, chosen) {
  const turn = () => {
    button.ariaPressed = String(button.ariaPressed !== "true");
    chosen(button.ariaPressed === "true");
  };
  const button = create("button", { classes: "button", attributes: { type: "button", title, "aria-pressed": "true" }, on: { click: turn } }, words);
  return button;
}
