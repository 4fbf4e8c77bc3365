// Cost against accuracy: a point for each batch over the same questions, with its 95% interval. The table beside it says the same.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { percent } from "../page/format.js";
import { CONFIG, escaped, plotly } from "../page/plotly.js";
import { between } from "./accuracy_bar.js";
import { namePlaces } from "./name_places.js";
import { mean, place } from "./words.js";

const COSTS = { tokens: "tokens read and written a question", calls: "calls and scorings a question", seconds: "seconds a question" };

const HEIGHT = 320; // pixels, as are the margins
const MARGIN = { l: 56, r: 16, t: 12, b: 48 };
const TOP = 1.02; // of the axis of shares
const ROOM = 1.06; // how far the axis of costs goes beyond the dearest
const NAMED = 480; // pixels of width below which names would stand on each other; the table has them

export class CostPlot {
  #peers = [];
  #drawn = null;

  constructor() {
    const options = Object.entries(COSTS).map(([value, words]) => create("option", { attributes: { value } }, words));
    this.cost = create("select", { classes: "field", on: { change: () => this.#draw() } }, ...options);
    this.label = create("label", { classes: "cost" }, "Cost ", this.cost);
    this.figure = create("div", { classes: "cost-figure", attributes: { "aria-hidden": "true" } });
    this.problem = create("p", { classes: "quiet", attributes: { hidden: true } });
    this.element = create("div", {}, this.label, this.figure, this.problem);
    this.themes = new MutationObserver(() => this.#draw());
    this.themes.observe(document.body, { attributeFilter: ["class"] });
  }

  /** Show these batches, each by its `name`; a point needs a judged accuracy and a cost. */
  update(peers) {
    const told = JSON.stringify(peers);
    if (told === this.#drawn) return;
    this.#drawn = told;
    this.#peers = peers.filter(({ figures }) => figures.accuracy);
    this.#draw();
  }

  async #draw() {
    const points = this.#peers.filter(({ figures }) => figures[this.cost.value] !== null);
    show(this.element, this.#peers.length > 1);
    if (this.#peers.length < 2) return;
    try {
      const library = await plotly();
      const end = costsEnd(points, this.cost.value);
      await library.react(this.figure, traces(points, this.cost.value, end, this.#colour, this.figure.clientWidth), this.#layout(end), CONFIG);
      this.#listen();
      show(this.problem, false);
    } catch (error) {
      setText(this.problem, error.message);
      show(this.problem, true);
    }
  }

  #listen() {
    if (this.listens) return;
    this.listens = true;
    this.figure.on("plotly_click", ({ points: [point] }) => go({ batch: point.customdata }));
    this.figure.on("plotly_hover", () => (this.figure.style.cursor = "pointer"));
    this.figure.on("plotly_unhover", () => (this.figure.style.cursor = ""));
  }

  #colour = (name) => getComputedStyle(this.figure).getPropertyValue(name).trim();

  #layout(end) {
    const colour = this.#colour;
    const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), fixedrange: true };
    return {
      height: HEIGHT,
      margin: MARGIN,
      showlegend: false,
      hovermode: "closest",
      dragmode: false,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(this.figure).fontFamily, size: 12, color: colour("--ink-quiet") },
      hoverlabel: { bgcolor: colour("--ink"), bordercolor: colour("--ink"), align: "left", font: { color: colour("--paper"), size: 13 } },
      xaxis: { ...axis, range: [0, end], title: { text: COSTS[this.cost.value] } },
      yaxis: { ...axis, range: [0, TOP], tickformat: ".0%", title: { text: "right" } },
    };
  }
}

/** Where the axis of costs ends. */
function costsEnd(points, cost) {
  return Math.max(0, ...points.map(({ figures }) => figures[cost])) * ROOM || 1;
}

/** One trace, so that points that are near each other can both be met. */
function traces(points, cost, end, colour, width) {
  const accuracies = points.map(({ figures }) => figures.accuracy);
  const shares = accuracies.map(({ right, of }) => right / of);
  const wide = width - MARGIN.l - MARGIN.r;
  const high = HEIGHT - MARGIN.t - MARGIN.b;
  const sides = namePlaces(
    points.map(({ figures, name }, n) => ({ x: (figures[cost] / end) * wide, y: (1 - shares[n] / TOP) * high, name })),
    wide,
  );
  const colours = points.map(({ own }) => colour(own ? "--accent-strong" : "--ink-quiet"));
  return [
    {
      type: "scatter",
      mode: width < NAMED ? "markers" : "markers+text",
      x: points.map(({ figures }) => figures[cost]),
      y: shares,
      error_y: { type: "data", symmetric: false, array: accuracies.map(({ high }, n) => high - shares[n]), arrayminus: accuracies.map(({ low }, n) => shares[n] - low), color: colour("--ink-quiet"), thickness: 1.2, width: 5 },
      marker: { size: points.map(({ own }) => (own ? 13 : 10)), color: colours },
      text: points.map(({ name }) => escaped(name)),
      textposition: sides,
      cliponaxis: false,
      textfont: { color: colour("--ink"), size: 12 },
      customdata: points.map(({ batch }) => batch.id),
      hovertext: points.map(({ name, batch, figures }, n) => [name, place(batch), `${percent(shares[n])} right (${between(figures.accuracy)})`, `${mean(figures[cost])} ${COSTS[cost]}`].map(escaped).join("<br>")),
      hoverinfo: "text",
    },
  ];
}
