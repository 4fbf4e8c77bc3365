// What was asked: the one question of all columns, or that they differ and what each one is.

import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";

const SHORT = 240; // characters

/** The question or questions of what is compared, as `record/compare` gives it. */
export function questionsView({ columns, questions }) {
  if (questions.length === 1) return create("div", { classes: "compare-question" }, asked(questions[0]));
  const items = questions.map((one) => create("li", {}, ...columns.filter(({ run }) => one.runs.includes(run)).map(named), asked(one)));
  return create("div", { classes: "compare-question" }, create("p", { classes: "warned" }, "These columns answer different questions."), create("ul", {}, ...items));
}

function named({ title, place }) {
  const who = create("span", { classes: "who" }, title);
  colour(who, place);
  return create("p", {}, who);
}

/** A question with its choices, its document, the text to check and its right answer. */
function asked({ question, choices, document, draft, gold }) {
  const text = question.length <= SHORT ? create("p", { classes: "asked", attributes: { dir: "auto" } }, question) : folded(`${question.slice(0, SHORT).trimEnd()} …`, "asked", question);
  const listed = choices.length ? create("ol", { classes: "choices" }, ...choices.map((choice) => create("li", { attributes: { dir: "auto" } }, choice))) : null;
  const right = gold === null ? null : create("p", { classes: "quiet", attributes: { dir: "auto" } }, `Right answer: ${gold}`);
  return create("div", {}, text, listed, document ? folded("Document", "quiet", document) : null, draft ? folded("Text to check", "quiet", draft) : null, right);
}

function folded(words, classes, text) {
  const summary = create("summary", { classes, attributes: { dir: "auto" } }, words);
  return create("details", {}, summary, create("p", { classes: "whole", attributes: { dir: "auto", tabindex: 0 } }, text));
}
