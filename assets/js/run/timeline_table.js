// The timeline as a table, for those who do not see it; its buttons lead to the calls.

import { colour } from "../page/colour.js";
import { create, Keyed, setText } from "../page/dom.js";
import { count, seconds } from "../page/format.js";
import { deed } from "./timeline_words.js";

const HEAD = ["Expert", "Call", "Queued", "Generated", "Tokens"];

export class TimelineTable {
  #shown = null; // {record, timeline}

  /** `jump(call)` is called with the call whose button was pressed. */
  constructor(jump) {
    this.rows = create("tbody");
    const head = create("tr", {}, ...HEAD.map((title) => create("th", { attributes: { scope: "col" } }, title)));
    this.loadings = create("ul", { classes: "quiet" });
    const table = create("div", { classes: "scrolling", attributes: { tabindex: "0", role: "group", "aria-label": "Calls of the run" } }, create("table", {}, create("thead", {}, head), this.rows));
    this.element = create("details", { classes: "timeline-table", on: { toggle: () => this.#fill() } }, create("summary", { classes: "quiet" }, "As a table"), table, this.loadings);
    this.calls = new Keyed(this.rows, (call) => new CallRow(() => jump(call.name)));
  }

  update(record, timeline) {
    this.#shown = { record, timeline };
    this.#fill();
  }

  #fill() {
    if (!this.element.open || !this.#shown) return;
    const { record, timeline } = this.#shown;
    this.calls.update(timeline.calls, (call) => call.name, (row, call) => row.update(record, call, timeline.bars.filter((bar) => bar.call === call)));
    const loaded = timeline.bars.filter(({ kind }) => kind === "loading");
    this.loadings.replaceChildren(...loaded.map(({ expert, from, to }) => create("li", {}, `${expert.title} was loaded from ${seconds(from)} to ${seconds(to)}.`)));
  }
}

class CallRow {
  constructor(jump) {
    this.expert = create("th", { classes: "who", attributes: { scope: "row" } });
    this.button = create("button", { classes: "link", attributes: { type: "button" }, on: { click: jump } });
    this.numbers = HEAD.slice(2).map(() => create("td"));
    this.element = create("tr", {}, this.expert, create("td", {}, this.button), ...this.numbers);
  }

  update(record, call, bars) {
    const expert = record.expert(call.expert);
    colour(this.element, expert.place);
    setText(this.expert, expert.title);
    setText(this.button, deed(record, call));
    const took = (kind) => bars.filter((bar) => bar.kind === kind).reduce((sum, { from, to }) => sum + to - from, 0);
    const told = [seconds(took("queued")), seconds(took("generating")), count(call.tokens, "token")];
    told.forEach((text, place) => setText(this.numbers[place], text));
  }
}
