// What was asked: the one question of all columns, or that they differ and what each one is.

import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";

const SHORT = 240; // characters

/** The question or questions of what is compared. */
export function questionsView({ columns, same_question: same }) {
  if (same) return create("div", { classes: "compare-question" }, question(columns[0]));
  const items = columns.map((column) => {
    const who = create("span", { classes: "who" }, column.title);
    colour(who, column.place);
    return create("li", {}, who, question(column));
  });
  return create("div", { classes: "compare-question" }, create("p", { classes: "warned" }, "These columns answer different questions."), create("ul", {}, ...items));
}

function question({ question: text, gold }) {
  const known = gold === null ? null : create("p", { classes: "quiet", attributes: { dir: "auto" } }, `Right answer: ${gold}`);
  return create("div", {}, text.length <= SHORT ? create("p", { classes: "asked", attributes: { dir: "auto" } }, text) : folded(text), known);
}

function folded(text) {
  return create(
    "details",
    {},
    create("summary", { classes: "asked", attributes: { dir: "auto" } }, `${text.slice(0, SHORT).trimEnd()} …`),
    create("p", { classes: "whole", attributes: { dir: "auto" } }, text),
  );
}
