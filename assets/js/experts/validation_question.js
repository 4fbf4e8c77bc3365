// A validation question: what was asked, what is right, who had it right, and which other skills it needs.

import { colour } from "../page/colour.js";
import { create, mark } from "../page/dom.js";
import { row } from "../page/format.js";

export class ValidationQuestion {
  /** `turnTo(skill)` is called when the reader wants the questions of another of its skills. */
  constructor(question, experts, skill, turnTo) {
    const others = question.skills.filter((other) => other !== skill);
    this.element = create(
      "li",
      { classes: "validation-question" },
      create("p", { classes: "numbers quiet" }, row(question.source, question.category, question.id)),
      create("p", { classes: "asked", attributes: { dir: "auto" } }, question.question),
      question.choices.length ? choices(question) : null,
      create("p", { classes: "gold" }, create("span", { classes: "quiet" }, "Right answer "), create("strong", { attributes: { dir: "auto" } }, question.gold)),
      create("ul", { classes: "outcomes", attributes: { "aria-label": "Who had it right" } }, ...experts.map((expert) => outcome(expert, question.right[expert.name]))),
      others.length ? create("p", { classes: "others" }, create("span", { classes: "quiet" }, "Also needs "), ...others.flatMap((other, place) => [place ? ", " : "", link(other, turnTo)])) : null,
    );
  }
}

/** Choices with their letters; the right one is marked. */
function choices({ choices: offered, gold }) {
  const items = offered.map((choice, place) => {
    const letter = String.fromCharCode(65 + place);
    const item = create("li", { attributes: { dir: "auto" } }, create("b", {}, letter), ` ${choice}`);
    mark(item, "gold", letter === gold.trim().toUpperCase() || choice === gold ? "" : null);
    return item;
  });
  return create("ol", { classes: "choices" }, ...items);
}

function outcome({ title, place }, right) {
  const [sign, words] = right === undefined ? ["–", "no answer"] : right ? ["✓", "right"] : ["✗", "wrong"];
  const item = create("li", {}, create("span", { classes: "sign", attributes: { "aria-hidden": "true" } }, sign), ` ${title}`, create("span", { classes: "unseen" }, ` ${words}`));
  colour(item, place);
  mark(item, "right", right);
  return item;
}

function link(skill, turnTo) {
  return create("button", { classes: "link", attributes: { type: "button", dir: "auto" }, on: { click: () => turnTo(skill) } }, skill);
}
