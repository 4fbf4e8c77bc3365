// The timeline of a run that is over, drawn by plotly. Its script is large: loading it stops the page for about a second, so
// nobody loads it while experts write.

import { create } from "../page/dom.js";
import { CONFIG, escaped } from "../page/plotly.js";
import { linesOf } from "./timeline_words.js";

const AXIS = 30; // pixels

export class TimelineFigure {
  /** `jump(call)` is called with the call whose bar was clicked. */
  constructor(plotly, jump) {
    this.plotly = plotly;
    this.jump = jump;
    this.element = create("div", { classes: "timeline-figure", attributes: { "aria-hidden": "true" } });
  }

  async update(record, timeline) {
    const data = traces(record, timeline.bars, (name) => getComputedStyle(this.element).getPropertyValue(name).trim());
    await this.plotly.react(this.element, data, this.#layout(timeline), CONFIG);
    if (this.listens) return;
    this.listens = true;
    this.element.on("plotly_click", ({ points: [point] }) => point.customdata && this.jump(point.customdata));
    this.element.on("plotly_hover", ({ points: [point] }) => (this.element.style.cursor = point.customdata ? "pointer" : ""));
    this.element.on("plotly_unhover", () => (this.element.style.cursor = ""));
  }

  #layout({ seconds, height }) {
    const style = getComputedStyle(this.element);
    const colour = (name) => style.getPropertyValue(name).trim();
    const fine = matchMedia("(pointer: fine)").matches;
    return {
      height: height + AXIS,
      margin: { l: 0, r: 8, t: 0, b: AXIS },
      barmode: "overlay",
      showlegend: false,
      hovermode: "closest",
      dragmode: fine ? "zoom" : false, // on a touch screen the finger scrolls the page
      uirevision: "kept",
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: style.fontFamily, size: 12, color: colour("--ink-quiet") },
      hoverlabel: { bgcolor: colour("--ink"), bordercolor: colour("--ink"), align: "left", font: { color: colour("--paper"), size: 13 } },
      xaxis: { range: [0, seconds || 1], ticksuffix: " s", gridcolor: colour("--line"), zerolinecolor: colour("--line"), nticks: 8 },
      yaxis: { range: [height, 0], visible: false, fixedrange: true },
    };
  }
}

/** One trace for each look that a bar can have. */
function traces(record, bars, colour) {
  const looks = Map.groupBy(bars, ({ kind, step }) => (kind === "generating" ? step : kind));
  return ["queued", "loading", ...[...looks.keys()].filter((look) => look !== "queued" && look !== "loading")]
    .filter((look) => looks.has(look))
    .map((look) => {
      const own = looks.get(look);
      return {
        type: "bar",
        orientation: "h",
        base: own.map((bar) => bar.from),
        x: own.map((bar) => bar.to - bar.from),
        y: own.map((bar) => bar.top + bar.height / 2),
        width: own.map((bar) => bar.height),
        customdata: own.map((bar) => bar.call?.name ?? null),
        hovertext: own.map((bar) => linesOf(record, bar).map(escaped).join("<br>")),
        hoverinfo: "text",
        textposition: "none",
        marker: markerOf(look, colour),
      };
    });
}

function markerOf(look, colour) {
  const hatched = (shape, bgcolor, fgcolor, solidity) => ({ line: { width: 0 }, pattern: { shape, bgcolor, fgcolor, size: 5, solidity } });
  if (look === "queued") return hatched("/", colour("--paper-sunk"), colour("--line"), 0.45);
  if (look === "loading") return hatched("\\", colour("--paper-sunk"), colour("--ink-quiet"), 0.4);
  return { color: colour(`--step-${look}`) || colour("--accent"), line: { width: 0 } };
}
