// When who did what: a lane for each expert, with its waits, loadings and calls coloured by step.

import { colour } from "../page/colour.js";
import { bringIntoView, create, Keyed, setText, show } from "../page/dom.js";
import { seconds } from "../page/format.js";
import { plotly } from "../page/plotly.js";
import { Section } from "./section.js";
import { isLarge } from "./state.js";
import { timelineOf } from "./timeline_bars.js";
import { TimelineFigure } from "./timeline_figure.js";
import { TimelineLanes } from "./timeline_lanes.js";
import { TimelineTable } from "./timeline_table.js";

const NEAR = "600px"; // how far out of sight it begins to be drawn
const INTERVAL = 1000; // milliseconds between two drawings while the run goes on

export class Timeline extends Section {
  #record = null;
  #near = false;
  #due = null; // the timer of the next drawing
  #drawn = -Infinity; // when it was drawn last, in milliseconds
  #figure = null; // drawn by plotly, once that has been loaded

  constructor() {
    super("Timeline");
    const jump = (call) => this.#jump(call);
    this.labels = create("div", { classes: "lane-labels", attributes: { "aria-hidden": "true" } });
    this.lanes = new TimelineLanes((call) => jump(call.name));
    this.table = new TimelineTable(jump);
    this.legend = create("ul", { classes: "timeline-legend quiet", attributes: { "aria-label": "Colours" } });
    this.box = create("div", { classes: "timeline-box" }, this.lanes.element, this.labels);
    this.zoom = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#load() } }, "Make it zoomable");
    show(this.zoom, false);
    this.element.classList.add("timeline");
    this.element.firstElementChild.append(this.zoom);
    this.element.append(this.legend, this.box, this.table.element);
    this.names = new Keyed(this.labels, () => ({ element: create("span", { classes: "who" }) }));
    this.looks = new Keyed(this.legend, ({ kind, step }) => ({ element: create("li", {}, create("span", { classes: "bar", attributes: { "data-kind": kind, "data-step": step } }), step ?? kind) }));
    new IntersectionObserver(([{ isIntersecting }]) => this.#came(isIntersecting), { rootMargin: NEAR }).observe(this.element);
    this.themes = new MutationObserver(() => this.#soon(0));
    this.themes.observe(document.body, { attributeFilter: ["class"] });
  }

  update(record) {
    this.#record = record;
    show(this.element, record.calls.size > 0 || record.loadings.length > 0);
    this.#soon(record.running ? INTERVAL : 0);
  }

  #came(near) {
    this.#near = near;
    this.#soon(0);
  }

  /** Draw after `pause` milliseconds since the last drawing, unless nobody would see it. */
  #soon(pause) {
    if (!this.#near || !this.#record) return;
    clearTimeout(this.#due);
    this.#due = setTimeout(() => this.#draw(), Math.max(0, this.#drawn + pause - performance.now()));
  }

  #draw() {
    this.#drawn = performance.now();
    const record = this.#record;
    const timeline = timelineOf(record);
    this.say(`${seconds(timeline.seconds)} in all`);
    const kinds = ["queued", "loading"].filter((kind) => timeline.bars.some((bar) => bar.kind === kind)).map((kind) => ({ kind, step: null }));
    const steps = [...new Set(record.steps.map(({ step }) => step))].map((step) => ({ kind: "generating", step }));
    this.looks.update([...kinds, ...steps], ({ kind, step }) => step ?? kind, () => {});
    this.names.update(timeline.lanes, ({ expert }) => expert.name, ({ element }, { expert, top }) => {
      colour(element, expert.place);
      setText(element, expert.title);
      element.style.top = `${top}px`;
    });
    this.table.update(record, timeline);
    if (this.#figure) this.#figure.update(record, timeline);
    else this.lanes.update(record, timeline);
    const plain = !record.running && !this.#figure;
    show(this.zoom, plain && isLarge(record));
    if (plain && !isLarge(record)) this.#load();
  }

  /** Plotly comes when the run is over: then nobody's words wait for it; in a large run when the reader wants it. */
  async #load() {
    if (this.loading) return;
    this.loading = true;
    show(this.zoom, false);
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: INTERVAL }));
    let library;
    try {
      library = await plotly();
    } catch {
      this.loading = false; // the plain lanes stay, and whoever wants the plot can try again
      show(this.zoom, true);
      return;
    }
    const figure = new TimelineFigure(library, (call) => this.#jump(call));
    this.box.prepend(figure.element);
    await figure.update(this.#record, timelineOf(this.#record));
    this.lanes.element.remove();
    this.#figure = figure;
  }

  /** Go to the panel or row of a call; one without is a sample of its step, or scores or votes on another call. */
  #jump(call) {
    const view = this.element.closest(".run-view");
    const { step, target } = this.#record.calls.get(call);
    const own = [call, target].map((name) => name && view.querySelector(`[data-call="${CSS.escape(name)}"]`));
    const found = own.find(Boolean) ?? view.querySelector(`section[data-step~="${CSS.escape(step)}"]`);
    found.dispatchEvent(new CustomEvent("reveal", { bubbles: true }));
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    bringIntoView(found);
  }
}
