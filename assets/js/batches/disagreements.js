// Questions that only one of two batches has right, each with the way to both runs.

import { compareHref } from "../compare/columns.js";
import { create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { runHref } from "./links.js";

const AT_ONCE = 50; // questions that are shown without being asked for more

export class Disagreements {
  #pending = [];

  constructor() {
    this.title = create("h2");
    this.list = create("ol", { classes: "disagreements" });
    this.more = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#showMore() } }, "Show more");
    this.element = create("section", {}, this.title, this.list, this.more);
  }

  /** Show the questions under a title; `names` are what the two batches are called. */
  update(title, questions, names) {
    const told = JSON.stringify([title, questions]);
    if (told === this.shown) return;
    this.shown = told;
    setText(this.title, `${title}: ${count(questions.length, "question")}`);
    show(this.element, questions.length > 0);
    this.list.replaceChildren();
    this.#pending = questions.map((question) => () => item(question, names));
    this.#showMore();
  }

  #showMore() {
    this.list.append(...this.#pending.splice(0, AT_ONCE).map((make) => make()));
    show(this.more, this.#pending.length > 0);
  }
}

function item({ question_id: id, question, category, run, answer, other_run: otherRun, other_answer: otherAnswer }, [name, other]) {
  return create(
    "li",
    {},
    create("p", { classes: "asked", attributes: { dir: "auto" } }, question),
    create("p", { classes: "runs" }, answered(name, run, answer), answered(other, otherRun, otherAnswer), beside(question, run, otherRun), create("span", { classes: "quiet", attributes: { dir: "auto" } }, [category, id].filter(Boolean).join(" · "))),
  );
}

function beside(question, run, otherRun) {
  const attributes = { href: compareHref([run, otherRun]), "aria-label": `Compare both runs of: ${question.slice(0, 80)}` };
  return create("a", { classes: "link", attributes }, "compare");
}

function answered(name, run, answer) {
  return create("a", { classes: "link", attributes: { href: runHref(run), dir: "auto" } }, `${name}: ${answer ?? "no answer"}`);
}
