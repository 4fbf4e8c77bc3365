// The timeline while the run goes on: plain bars, light enough to be drawn while experts write.

import { create, Keyed, mark } from "../page/dom.js";
import { linesOf } from "./timeline_words.js";

const TICKS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];
const MOST_TICKS = 6;

export class TimelineLanes {
  /** `jump(call)` is called with the call whose bar was clicked. */
  constructor(jump) {
    this.area = create("div", { classes: "bars" });
    this.axis = create("div", { classes: "axis quiet" });
    this.element = create("div", { classes: "timeline-lanes", attributes: { "aria-hidden": "true" } }, this.area, this.axis);
    this.bars = new Keyed(this.area, ({ call }) => ({ element: create("span", { classes: "bar", on: { click: () => call && jump(call) } }) }));
    this.ticks = new Keyed(this.axis, () => ({ element: create("span") }));
  }

  update(record, { bars, seconds, height }) {
    const share = (value) => `${(100 * value) / (seconds || 1)}%`;
    this.area.style.height = `${height}px`;
    this.bars.update(bars, (bar) => `${bar.kind} ${bar.call?.name ?? `${bar.expert.name} ${bar.from}`}`, ({ element }, bar) => {
      mark(element, "kind", bar.kind);
      mark(element, "step", bar.step);
      Object.assign(element.style, { left: share(bar.from), width: share(bar.to - bar.from), top: `${bar.top}px`, height: `${bar.height}px` });
      element.title = linesOf(record, bar).join("\n");
    });
    const step = TICKS.find((one) => seconds / one <= MOST_TICKS) ?? 3600 * Math.ceil(seconds / 3600 / MOST_TICKS);
    const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, place) => place * step);
    this.ticks.update(ticks, (at) => at, ({ element }, at) => {
      element.style.left = share(at);
      element.textContent = `${at} s`;
    });
  }
}
