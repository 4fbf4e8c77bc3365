// The question of an item; what is right stays hidden until it is asked for.

import { documentFold } from "../page/document_fold.js";
import { create, setText, show } from "../page/dom.js";

export class QuestionCard {
  /** `turned(open)` is called when the right answer is shown or hidden. */
  constructor({ question, choices, document: source, draft, gold }, turned = () => {}) {
    this.turned = turned;
    this.gold = create("p", { classes: "gold", attributes: { dir: "auto" } }, create("span", { classes: "quiet" }, "Right answer: "), gold ?? "");
    this.asking = create("button", { classes: "link", attributes: { type: "button", "aria-expanded": "false" }, on: { click: () => this.turn() } });
    this.element = create(
      "section",
      { classes: "question-card", attributes: { "aria-label": "Question" } },
      create("p", { classes: "question-text", attributes: { dir: "auto" } }, question),
      choices.length ? create("ol", { classes: "choices" }, ...choices.map((choice, place) => create("li", { attributes: { dir: "auto" } }, create("b", {}, String.fromCharCode(65 + place)), ` ${choice}`))) : null,
      source ? documentFold("Document", source) : null,
      draft ? documentFold("Text to check", draft) : null,
      gold === null ? create("p", { classes: "quiet" }, "No right answer is known.") : create("div", { classes: "asked" }, this.asking, this.gold),
    );
    this.turn(false);
  }

  /** Show or hide the right answer. */
  turn(open = this.gold.hidden) {
    show(this.gold, open);
    this.asking.ariaExpanded = String(open);
    setText(this.asking, open ? "Hide the right answer" : "Show the right answer");
    this.turned(open);
  }
}
