// Critiques as a graph of who said what to whom: experts, and a line from each critic to the author it is about.
// The rows beside it say the same; in the graph one Tab comes in, and the arrow keys move.

import { create, Keyed, mark, setText } from "../page/dom.js";
import { firstLine } from "../page/format.js";
import { draw } from "../page/svg.js";
import { arrange } from "./critique_layout.js";
import { CritiqueEdge, ExpertNode } from "./critique_shapes.js";
import { judgementOf, WORDS } from "./judgement.js";

const HINT = "Point at an expert to see what it said and heard; click a line to read that critique.";
const LONGEST_LINE = 140; // characters of a critique that are said of its line
const WIDEST = 720; // pixels

export class CritiqueGraph {
  /** `open(call)` unfolds a critique; `chosen()` is told when the reader chose an expert, who is in `this.chosen`, or none. */
  constructor({ open, chosen }) {
    this.chosen = null;
    this.unfolded = []; // names of calls
    this.open = open;
    this.told = chosen;
    const edges = draw("g");
    const nodes = draw("g");
    this.svg = draw("svg", { role: "group", "aria-label": "Who criticised whom. The arrow keys move." }, edges, nodes);
    this.legend = create("ul", { classes: "legend quiet", attributes: { "aria-label": "Verdicts" } });
    this.saying = create("p", { classes: "saying quiet" }, HINT);
    this.element = create("div", { classes: "critique-graph" }, this.svg, this.legend, this.saying);
    this.nodes = new Keyed(nodes, (node) => this.#listening(new ExpertNode(node.name)));
    this.edges = new Keyed(edges, () => this.#listening(new CritiqueEdge()));
    this.kinds = new Keyed(this.legend, ({ kind }) => new LegendLine(kind));
    this.svg.addEventListener("keydown", (event) => this.#pressed(event));
    // A child is observed: in a large run it is laid out, and the graph drawn, when the reader comes near.
    new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect.width)).observe(this.saying);
  }

  update(record, calls) {
    const critiques = calls.map((call) => ({ call, target: record.calls.get(call.target), kind: judgementOf(record, call) })).filter(({ target }) => target);
    const state = JSON.stringify([this.width, critiques.map(({ call, target, kind }) => [call.name, kind, target.answer, target.correct])]);
    this.record = record;
    this.calls = calls;
    if (!this.width || state === this.state) return;
    this.state = state;
    const names = new Set(critiques.flatMap(({ call, target }) => [call.expert, target.expert]));
    const experts = new Map([...names].map((name) => [name, record.expert(name)]).sort(([, a], [, b]) => a.place - b.place));
    const layout = arrange([...experts.keys()], this.width);
    this.svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    mark(this.element, "many", experts.size > 6 ? "" : null);
    const answers = new Map(critiques.map(({ target }) => [target.expert, target]));
    this.nodes.update(layout.nodes, ({ name }) => name, (node, at) => node.update(experts.get(at.name), answers.get(at.name), at, layout));
    const at = new Map(layout.nodes.map((node) => [node.name, node]));
    this.edges.update(critiques, ({ call }) => call.name, (edge, { call, target, kind }) => {
      edge.update(call, kind, experts.get(call.expert), experts.get(target.expert), at.get(call.expert), at.get(target.expert), layout.radius);
    });
    const counted = Object.keys(WORDS).map((kind) => ({ kind, times: critiques.filter((one) => one.kind === kind).length }));
    this.kinds.update(counted.filter(({ times }) => times), ({ kind }) => kind, (line, { times }) => line.update(times));
    if (this.chosen !== null && !experts.has(this.chosen)) this.choose(null);
    this.select(this.unfolded);
    if (!this.svg.querySelector('[tabindex="0"]')) this.nodes.parts.values().next().value?.control.setAttribute("tabindex", "0");
    this.#light();
  }

  /** Let the edge of one critique stand out, null for none. */
  light(call) {
    this.lit = this.edges.parts.get(call) ?? null;
    this.#light();
  }

  /** Mark the critiques that are unfolded. */
  select(calls) {
    this.unfolded = calls;
    for (const [name, edge] of this.edges.parts) mark(edge.element, "selected", calls.includes(name) ? "" : null);
  }

  /** Keep to the critiques by and about one expert, null for all. */
  choose(expert) {
    this.chosen = expert === this.chosen ? null : expert;
    for (const [name, node] of this.nodes.parts) node.control.setAttribute("aria-pressed", String(name === this.chosen));
    this.#light();
    this.told();
  }

  #resize(width) {
    const wide = Math.round(Math.min(width, WIDEST));
    if (!wide || wide === this.width) return;
    this.width = wide;
    if (this.record) this.update(this.record, this.calls);
  }

  #listening(shape) {
    const listeners = {
      pointerenter: () => this.#point(shape),
      pointerleave: () => this.#point(null),
      focusin: () => {
        this.#rove(shape);
        this.#point(shape);
      },
      focusout: () => this.#point(null),
      click: () => this.#act(shape),
    };
    for (const [name, listener] of Object.entries(listeners)) shape.element.addEventListener(name, listener);
    return shape;
  }

  #act(shape) {
    if (shape instanceof ExpertNode) this.choose(shape.name);
    else this.open(shape.call.name);
  }

  /** The shape that had the focus last is the one that Tab comes back to. */
  #rove(shape) {
    this.svg.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    shape.control.setAttribute("tabindex", "0");
  }

  #point(shape) {
    this.lit = shape;
    this.#light();
    if (shape === null) setText(this.saying, HINT);
    else if (shape instanceof ExpertNode) setText(this.saying, this.#tally(shape.name));
    else setText(this.saying, [shape.words, firstLine(shape.call.text.slice(0, LONGEST_LINE))].filter(Boolean).join(" · "));
  }

  /** What an expert found in the others' answers, and the others in its own. */
  #tally(name) {
    const edges = [...this.edges.parts.values()];
    const found = (list) => `${list.filter(({ call }) => call.verdict === "wrong").length} of ${list.length}`;
    const said = edges.filter(({ ends }) => ends[0] === name);
    const heard = edges.filter(({ ends }) => ends[1] === name);
    return `${this.record.expert(name).title} found an error in ${found(said)} answers; ${found(heard)} critiques found one in its own.`;
  }

  #light() {
    const shape = this.lit ?? this.nodes.parts.get(this.chosen) ?? null;
    mark(this.element, "lit", shape ? "" : null);
    for (const edge of this.edges.parts.values()) {
      mark(edge.element, "lit", shape && (shape === edge || edge.ends.includes(shape.name)) ? "" : null);
    }
  }

  /** ← → through each expert and what it says, ↑ ↓ from expert to expert, Enter as a click. */
  #pressed(event) {
    const shapes = [...this.nodes.parts.values()].flatMap((node) => [node, ...[...this.edges.parts.values()].filter(({ ends }) => ends[0] === node.name)]);
    const here = shapes.findIndex(({ control }) => control === event.target);
    if (here < 0) return;
    if (event.key === "Enter" || event.key === " ") this.#act(shapes[here]);
    else {
      const nodes = [...this.nodes.parts.values()];
      const experts = (step) => {
        const node = nodes.findLastIndex((one) => shapes.indexOf(one) <= here);
        return nodes.at((node + step) % nodes.length);
      };
      const moves = { ArrowRight: () => shapes.at((here + 1) % shapes.length), ArrowLeft: () => shapes.at(here - 1), ArrowDown: () => experts(1), ArrowUp: () => experts(-1) };
      const next = moves[event.key]?.();
      if (!next) return;
      next.control.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

class LegendLine {
  constructor(kind) {
    this.words = create("span");
    this.element = create("li", { attributes: { "data-judgement": kind } }, create("span", { classes: "sample", attributes: { "aria-hidden": "true" } }), this.words);
    this.kind = kind;
  }

  update(times) {
    setText(this.words, `${WORDS[this.kind]} ${times}`);
  }
}
