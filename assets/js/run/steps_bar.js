// The steps of the protocol: which are over, which is live; a click jumps there.

import { bringIntoView, create, mark } from "../page/dom.js";

export class StepsBar {
  constructor() {
    this.list = create("ol");
    this.element = create("nav", { classes: "steps", attributes: { "aria-label": "Steps" } }, this.list);
    this.buttons = new Map();
  }

  update(record, sections) {
    for (const step of record.started?.steps ?? []) {
      if (!this.buttons.has(step)) this.#add(step, sections);
    }
    for (const [step, button] of this.buttons) {
      const entered = record.steps.some((one) => one.step === step);
      const live = record.running && record.step === step;
      mark(button, "state", live ? "live" : entered ? "over" : record.running ? "ahead" : "skipped");
      button.disabled = !entered;
      if (live) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
  }

  #add(step, sections) {
    const jump = () => {
      const section = sections.get(step).element;
      bringIntoView(section);
      section.querySelector("h2").focus({ preventScroll: true });
    };
    const button = create("button", { attributes: { type: "button" }, on: { click: jump } }, step);
    this.buttons.set(step, button);
    this.list.append(create("li", {}, button));
  }
}
