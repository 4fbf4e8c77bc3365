// What is said of an item as a whole: the verdict, whether it was followed, a comment.

import { create, setText } from "../page/dom.js";

const VERDICTS = [["helpful", "h", "Helpful"], ["harmless", "m", "Harmless"], ["harmful", "x", "Harmful"]];
const FOLLOWED = [[true, "y", "Yes"], [false, "n", "No"]];

export class VerdictForm {
  /** `enter()` is called when enter is pressed on a choice, or with ctrl in the comment. `followable`: whether anything followed. */
  constructor(judgement, { followable, words, enter }) {
    this.judgement = judgement;
    this.verdict = choice(`Verdict on ${words}`, "Verdict", "verdict", VERDICTS, (verdict) => judgement.say({ verdict }));
    this.followed = choice("Did the refinement follow it?", "Followed?", "followed", FOLLOWED, (followed) => judgement.say({ followed }));
    this.followed.element.hidden = !followable;
    this.comment = create("textarea", {
      classes: "field",
      attributes: { rows: 2, placeholder: `Comment on ${words}`, "aria-label": `Comment on ${words}`, dir: "auto" },
      on: { input: () => judgement.say({ comment: this.comment.value }, "comment") },
    });
    this.element = create("div", { classes: "verdict-form", on: { keydown: (event) => this.#key(event, enter) } }, this.verdict.element, this.followed.element, this.comment);
  }

  update() {
    const { verdict, followed, comment } = this.judgement.said;
    this.verdict.show(verdict);
    this.followed.show(followed);
    if (this.comment.value !== comment) this.comment.value = comment;
  }

  /** Say what a key stands for; whether it stands for anything. */
  key(key) {
    const verdict = VERDICTS.find(([, known]) => known === key);
    const followed = FOLLOWED.find(([, known]) => known === key);
    const { said } = this.judgement;
    if (verdict) this.judgement.say({ verdict: said.verdict === verdict[0] ? null : verdict[0] });
    if (followed && !this.followed.element.hidden) this.judgement.say({ followed: said.followed === followed[0] ? null : followed[0] });
  }

  #key(event, enter) {
    const { target } = event;
    const wanted = event.key === "Enter" && (target.type === "radio" || (target === this.comment && (event.ctrlKey || event.metaKey)));
    if (target === this.comment && event.key === "Escape") target.blur();
    if (!wanted) return;
    event.preventDefault();
    enter();
  }
}

/** A group of radio buttons, with the keys that press them. */
function choice(words, title, name, choices, chosen) {
  const inputs = choices.map(([value]) => create("input", { attributes: { type: "radio", name }, on: { change: () => chosen(value) } }));
  const labels = choices.map(([value, key, text], place) => create("label", { attributes: { "data-value": String(value) } }, inputs[place], text, create("kbd", { attributes: { "aria-hidden": "true" } }, key)));
  const legend = create("legend", { attributes: { "aria-label": words } }, title);
  const element = create("fieldset", { classes: "choice" }, legend, ...labels);
  const show = (value) => inputs.forEach((input, place) => (input.checked = choices[place][0] === value));
  return { element, show };
}

/** What someone said as a whole, in words. */
export function verdictWords({ verdict, followed }) {
  const said = [verdict, followed === null ? null : followed ? "followed" : "not followed"].filter(Boolean);
  return said.join(", ") || "no verdict";
}

/** A chip with a verdict. */
export function verdictChip(verdict, more = "") {
  const chip = create("span", { classes: "verdict-chip", attributes: { "data-verdict": verdict ?? "none" } });
  setText(chip, `${verdict ?? "no verdict"}${more}`);
  return chip;
}
