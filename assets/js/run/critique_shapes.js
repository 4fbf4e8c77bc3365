// The shapes of a graph of critiques: an expert, and a line from a critic to an author.

import { colour } from "../page/colour.js";
import { mark } from "../page/dom.js";
import { draw } from "../page/svg.js";
import { curve, place, wrap } from "./critique_layout.js";
import { MARKS, WORDS } from "./judgement.js";

const LONGEST_ANSWER = 12; // characters of an answer that stand beside its author

/** An expert, and what it answered before it was criticised. `control` is what takes the focus. */
export class ExpertNode {
  constructor(name) {
    this.name = name;
    this.reach = draw("rect", { class: "reach" }); // what a pointer can hit
    this.dot = draw("circle", { class: "dot" });
    this.label = draw("text", { "aria-hidden": "true" });
    this.control = draw("g", { tabindex: "-1", role: "button", "aria-pressed": "false" }, this.reach, this.dot);
    this.element = draw("g", { class: "node" }, this.control, this.label);
  }

  /** `node` and `layout` as `arrange` gives them; `answer` is the call that is criticised, if there is one. */
  update(expert, answer, node, { radius, letters }) {
    colour(this.element, expert.place);
    this.dot.setAttribute("cx", node.x);
    this.dot.setAttribute("cy", node.y);
    this.dot.setAttribute("r", radius);
    const title = wrap(expert.title, node.side ? letters : 24);
    const answered = answer ? `${clip(answer.answer ?? "")}${answer.correct === null ? "" : answer.correct ? " ✓" : " ✗"}` : "";
    const lines = answered.trim() ? [...title, answered] : title;
    const { anchor, at, box } = place(node, lines, radius);
    for (const [name, value] of Object.entries(box)) this.reach.setAttribute(name, value);
    this.label.setAttribute("text-anchor", anchor);
    this.label.replaceChildren(
      ...lines.map((line, index) => {
        const { x, y } = at(index);
        return draw("tspan", { x, y, class: index < title.length ? "name" : "answered" }, line);
      }),
    );
    mark(this.element, "correct", answer?.correct ?? null);
    this.control.setAttribute("aria-label", `${expert.title}${answer?.answer ? `, answered ${clip(answer.answer)}` : ""}: show its critiques only`);
  }
}

/** A critique, from its critic to the author of what it is about. */
export class CritiqueEdge {
  constructor() {
    this.reach = draw("path", { class: "reach" }); // what a pointer can hit
    this.line = draw("path", { class: "line" });
    this.head = draw("path", { class: "head" });
    this.sign = draw("path");
    this.badge = draw("g", { class: "badge" }, draw("circle", { r: 8 }), this.sign);
    this.element = draw("g", { class: "edge", tabindex: "-1", role: "button" }, this.reach, this.line, this.head, this.badge);
    this.control = this.element;
  }

  /** `critic` and `author` are experts of the record, `from` and `to` their nodes as `arrange` gives them. */
  update(call, kind, critic, author, from, to, radius) {
    this.call = call;
    this.ends = [critic.name, author.name];
    this.words = `${critic.title} → ${author.title}: ${WORDS[kind]}`;
    mark(this.element, "judgement", kind);
    mark(this.element, "edge", call.name);
    const { line, head, middle } = curve(from, to, radius);
    this.reach.setAttribute("d", line);
    this.line.setAttribute("d", line);
    this.head.setAttribute("d", head);
    this.badge.setAttribute("transform", `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`);
    this.sign.setAttribute("d", MARKS[kind] ?? "");
    this.badge.style.display = MARKS[kind] ? "" : "none";
    this.element.setAttribute("aria-label", `${critic.title} on ${author.title}: ${WORDS[kind]}. Unfold the critique`);
  }
}

function clip(answer) {
  return answer.length > LONGEST_ANSWER ? `${answer.slice(0, LONGEST_ANSWER - 1)}…` : answer;
}
