// Questions that two batches are done with, each with the way to both runs.

import { compareHref } from "../compare/columns.js";
import { bringIntoView, create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { runHref } from "./links.js";

const AT_ONCE = 50; // questions that are added at a time

export class PairList {
  #pending = [];

  /** `first` questions are shown without being asked for. */
  constructor(first = AT_ONCE) {
    this.first = first;
    this.title = create("h2", { attributes: { tabindex: -1 } });
    this.list = create("ol", { classes: "pair-list" });
    this.more = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#showMore(AT_ONCE) } });
    this.element = create("section", {}, this.title, this.list, this.more);
  }

  /** Bring the questions before the reader. */
  open() {
    if (!this.list.childElementCount) this.#showMore(AT_ONCE);
    bringIntoView(this.element);
    this.title.focus({ preventScroll: true });
  }

  /** Show the questions under a title; `names` are what the two batches are called. */
  update(title, questions, names) {
    const told = JSON.stringify([title, questions]);
    if (told === this.shown) return;
    this.shown = told;
    setText(this.title, `${title}: ${count(questions.length, "question")}`);
    show(this.element, questions.length > 0);
    const shown = Math.max(this.first, this.list.childElementCount);
    this.list.replaceChildren();
    this.#pending = questions.map((question) => () => item(question, names));
    this.#showMore(shown);
  }

  #showMore(many) {
    this.list.append(...this.#pending.splice(0, many).map((make) => make()));
    setText(this.more, this.list.childElementCount ? "Show more" : "Show them");
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
