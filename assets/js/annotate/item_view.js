// One item to judge: the question, the criticised answer beside the critique, and what is said of them.

import { create, mark, setText } from "../page/dom.js";
import { Judgement } from "./judgement.js";
import { KeptDraft } from "./kept_draft.js";
import { Labels, press } from "./labels.js";
import { Marking } from "./marking.js";
import { OthersSaid } from "./others_said.js";
import { passageOf, placed } from "./passage_of.js";
import { QuestionCard } from "./question_card.js";
import { Refinement } from "./refinement.js";
import { VerdictForm } from "./verdict_form.js";

export class ItemView {
  /**
   * `given`: the item as the server tells it. `say(words)` tells a screen reader, `save()` ends the item, `trouble(error)` is
   * told what the server refuses.
   */
  constructor(given, { say, save, trouble }) {
    const { item, queue, context, annotation, others, annotator, now } = given;
    this.id = item.id;
    this.labels = new Labels(queue.schema);
    this.draftState = create("span", { classes: "quiet", attributes: { role: "status" } });
    this.draft = new KeptDraft(`annotation/items/${item.id}`, annotator, annotation, Date.now() / 1000 - now, (words, error) => {
      setText(this.draftState, words);
      if (error) trouble(error);
    });
    const recovered = this.draft.recover(annotation.updated_at);
    const roles = ["target", "critique"].map((role) => context[role]).filter(Boolean);
    const said = recovered ?? { ...annotation, spans: placed(annotation.spans, context) };
    this.judgement = new Judgement(said, () => this.#said());
    this.critique = context.critique.step === "critique";
    this.element = create("div", { classes: "item-view", attributes: { "data-item": item.id } });
    // Whether an answer is right is hidden with the right answer.
    this.question = new QuestionCard(context, (open) => mark(this.element, "gold", open ? "" : null));
    this.passages = roles.map((passage) => passageOf(passage, context, say));
    this.marking = new Marking(this.passages, this.judgement, this.labels, say);
    this.bar = this.labels.buttons("Labels", (label) => this.marking.label(label));
    const words = this.critique ? "the critique" : "this text";
    this.form = new VerdictForm(this.judgement, { followable: this.critique && context.refined !== null, words, enter: save });
    this.refinement = context.refined && new Refinement(item.id, context);
    const parts = [
      this.question.element,
      create("div", { classes: "passages" }, ...this.passages.map((passage, place) => create("div", {}, passage.element, this.marking.lists[place].element))),
      this.bar,
      this.refinement?.element,
      others.length ? new OthersSaid(others, this.labels).element : null,
      this.form.element,
      this.marking.popover.element,
    ];
    this.element.append(...parts.filter(Boolean));
    this.#show();
  }

  /** Put the focus where reading begins. */
  focus() {
    this.passages.at(-1).focus();
  }

  /** Go to the next of the texts. */
  turnText() {
    const place = this.passages.findIndex(({ text }) => text === document.activeElement);
    this.passages[(place + 1) % this.passages.length].focus();
  }

  /** What is handed in at the end. */
  async handIn() {
    await this.draft.settle();
    return { ...this.judgement.toSend(), revision: this.draft.revision };
  }

  close() {
    this.marking.close();
    this.draft.close();
  }

  #said() {
    this.#show();
    this.draft.keep(this.judgement.toSend());
  }

  #show() {
    this.marking.show();
    this.form.update();
    press(this.bar, this.marking.active?.label ?? null);
  }
}
