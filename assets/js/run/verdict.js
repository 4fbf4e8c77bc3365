// An answer with whether it is right, where that is known.

import { create, mark, setText, show } from "../page/dom.js";

export class Verdict {
  constructor() {
    this.element = create("span", { classes: "verdict" });
  }

  update(answer, correct) {
    show(this.element, answer !== undefined);
    mark(this.element, "correct", correct);
    const judged = correct === true ? " ✓ right" : correct === false ? " ✗ wrong" : "";
    setText(this.element, answer === null ? `no answer found${judged}` : `answers ${answer}${judged}`);
  }
}
