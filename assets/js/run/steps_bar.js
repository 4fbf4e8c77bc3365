// The steps of the protocol: which are over, which is live; a click jumps there, and so do the keys for next and previous.

import { bringIntoView, create, Keyed, mark } from "../page/dom.js";

const READING = 150; // pixels from the top of the window: a section that begins above is being read

export class StepsBar {
  /** `sections`: a map from step to the section that shows it. */
  constructor(sections) {
    this.sections = sections;
    this.list = create("ol");
    this.element = create("nav", { classes: "steps", attributes: { "aria-label": "Steps" } }, this.list);
    this.steps = new Keyed(this.list, (step) => {
      const button = create("button", { attributes: { type: "button" }, on: { click: () => this.#jump(step) } }, step);
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

  /** Go `by` steps on from the one that is being read. */
  move(by) {
    const steps = [...this.sections.keys()];
    const tops = steps.map((step) => this.sections.get(step).element.getBoundingClientRect().top);
    const reading = tops.findLastIndex((top) => top < READING);
    const step = steps[Math.max(0, Math.min(steps.length - 1, reading + by))];
    if (step) this.#jump(step);
  }

  /** Go to a step without taking the focus along; at once, or so that the eye can follow. */
  show(step, atOnce = false) {
    const { element } = this.sections.get(step);
    if (atOnce) element.scrollIntoView();
    else bringIntoView(element);
  }

  #jump(step) {
    this.show(step);
    this.sections.get(step).heading.focus({ preventScroll: true });
  }
}
