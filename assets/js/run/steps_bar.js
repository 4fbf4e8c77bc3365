// The steps of the protocol: which are over, which is live; a click jumps there, and so do the keys for next and previous.

import { bringIntoView, create, Keyed, mark } from "../page/dom.js";

const READING = 150; // pixels from the top of the window: a section that begins above is being read

export class StepsBar {
  /** `sections`: a map of the sections in order; each has its step's name, or several, in `data-step`. */
  constructor(sections) {
    this.sections = sections;
    this.list = create("ol");
    this.element = create("nav", { classes: "steps", attributes: { "aria-label": "Steps" } }, this.list);
    this.steps = new Keyed(this.list, (step) => {
      const button = create("button", { attributes: { type: "button" }, on: { click: () => this.#chosen(step) } }, step);
      return { element: create("li", {}, button), button };
    });
  }

  update(record) {
    this.steps.update(record.started?.steps ?? [], (step) => step, ({ button }, step) => {
      const entered = record.steps.some((one) => one.step === step);
      const live = record.running && record.step === step;
      mark(button, "state", live ? "live" : entered ? "over" : record.running ? "ahead" : "skipped");
      button.disabled = !entered;
      button.ariaCurrent = live ? "step" : null;
    });
  }

  /** Go `by` sections on from the one that is being read. */
  move(by) {
    const sections = [...this.sections.values()];
    const section = sections[Math.max(0, Math.min(sections.length - 1, this.#reading(sections) + by))];
    if (section) this.#jump(section);
  }

  /** Go to the latest round of a step without taking the focus along; at once, or so that the eye can follow. */
  show(step, atOnce = false) {
    const { element } = this.#of(step).at(-1);
    if (atOnce) element.scrollIntoView();
    else bringIntoView(element);
  }

  /** Go to the step; where it has rounds, to the one after that which is being read. */
  #chosen(step) {
    const rounds = this.#of(step);
    this.#jump(rounds[(this.#reading(rounds) + 1) % rounds.length]);
  }

  #of(step) {
    return [...this.sections.values()].filter(({ element }) => element.dataset.step.split(" ").includes(step));
  }

  /** The place of the section that is being read; −1 where all of them begin below. */
  #reading(sections) {
    return sections.findLastIndex(({ element }) => element.getBoundingClientRect().top < READING);
  }

  #jump({ element, heading }) {
    bringIntoView(element);
    heading.focus({ preventScroll: true });
  }
}
