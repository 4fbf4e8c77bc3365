// A section of the run's page: one step of the protocol.

import { create, Keyed, setText, show } from "../page/dom.js";
import { Panel } from "./panel.js";
import { Stack } from "./stack.js";

export class Section {
  constructor(title) {
    this.heading = create("h2", { attributes: { tabindex: "-1" } }, title);
    this.aside = create("span", { classes: "quiet" });
    this.element = create("section", { classes: "step" }, create("div", { classes: "step-head" }, this.heading, this.aside));
  }

  say(words) {
    setText(this.aside, words);
    show(this.aside, Boolean(words));
  }
}

/** A step, or one round of it, in which experts answer side by side; on a phone one after the other, to swipe. */
export class PanelsSection extends Section {
  constructor(step, title = step, make = () => new Panel(), round = null) {
    super(title);
    this.step = step;
    this.round = round;
    this.grid = create("div", { classes: "panels", attributes: { role: "group", tabindex: "0", "aria-label": title } });
    this.stack = new Stack(this.grid);
    this.element.append(this.grid, this.stack.element);
    this.panels = new Keyed(this.grid, make);
  }

  update(record) {
    const calls = record.callsOf(this.step, this.round);
    this.panels.update(calls, (call) => call.name, (panel, call) => panel.update(record, call));
    this.stack.update(calls.map((call) => record.expert(call.expert)));
  }
}
