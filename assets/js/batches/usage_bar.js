// Where the time of a batch went: one bar of three lengths.

import { create, show } from "../page/dom.js";
import { percent, row, seconds } from "../page/format.js";

const KINDS = { generating: "generating", loading: "loading weights", idle: "idle" };

export class UsageBar {
  constructor() {
    this.bar = create("div", { classes: "usage-bar", attributes: { "aria-hidden": "true" } });
    this.legend = create("ul", { classes: "usage-legend" });
    this.element = create("section", {}, create("h2", {}, "Time"), this.bar, this.legend);
  }

  update({ batch: { usage } }) {
    const spent = Object.keys(KINDS).map((kind) => [kind, usage[kind]]);
    const total = spent.reduce((sum, [, value]) => sum + value, 0);
    show(this.element, total > 0);
    if (!total) return;
    this.bar.replaceChildren(...spent.map(([kind, value]) => segment(kind, value / total)));
    this.legend.replaceChildren(
      ...spent.map(([kind, value]) => create("li", {}, create("span", { classes: "sample", attributes: { "data-kind": kind } }), row(KINDS[kind], seconds(value), percent(value / total)))),
    );
  }
}

function segment(kind, share) {
  const shown = create("span", { attributes: { "data-kind": kind } });
  shown.style.width = `${share * 100}%`;
  return shown;
}
