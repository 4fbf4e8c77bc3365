// A section of the run's page: one step of the protocol.

import { create, Keyed, setText, show } from "../page/dom.js";
import { Panel } from "./panel.js";

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

/** A step in which experts answer side by side. */
export class PanelsSection extends Section {
  constructor(step, title = step) {
    super(title);
    this.step = step;
    this.grid = create("div", { classes: "panels" });
    this.element.append(this.grid);
    this.panels = new Keyed(this.grid, () => new Panel());
  }

  update(record) {
    this.panels.update(record.callsOf(this.step), (call) => call.name, (panel, call) => panel.update(record, call));
  }
}
