// The question as it was posed.

import { documentFold } from "../page/document_fold.js";
import { create } from "../page/dom.js";

export class QuestionView {
  constructor() {
    this.element = create("div", { classes: "question" });
  }

  update(record) {
    if (!record.started || this.element.children.length) return;
    const { question, protocol, pool, runtime, seed, settings } = record.started;
    this.element.append(create("p", { classes: "question-text", attributes: { dir: "auto" } }, question.text));
    if (question.choices.length) {
      const choices = question.choices.map((choice, place) => create("li", { attributes: { dir: "auto" } }, create("b", {}, String.fromCharCode(65 + place)), choice));
      this.element.append(create("ol", { classes: "choices" }, ...choices));
    }
    for (const [words, text] of [["Document", question.document], ["Text to check", question.draft]]) {
      if (text) this.element.append(documentFold(words, text));
    }
    const k = settings.k ? `k ${settings.k}` : null;
    const facts = [protocol, k, `pool ${pool}`, runtime, `seed ${seed}`].filter(Boolean).join(" · ");
    this.element.append(create("p", { classes: "quiet facts" }, facts));
  }
}
