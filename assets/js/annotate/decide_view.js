// One item that annotators disagree on: everyone's judgement beside the others, and the decision.

import { create, setText, show } from "../page/dom.js";
import { get } from "../page/read.js";
import { send } from "../page/send.js";
import { entitle } from "../page/title.js";
import { Judgement } from "./judgement.js";
import { Labels } from "./labels.js";
import { Lanes } from "./lanes.js";
import { annotateLink } from "./links.js";
import { Marking } from "./marking.js";
import { annotatorName, saidBy } from "./others_said.js";
import { passageOf, placed } from "./passage_of.js";
import { QuestionCard } from "./question_card.js";
import { VerdictForm } from "./verdict_form.js";

export class DecideView {
  #item = null;

  constructor() {
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.head = create("div", { classes: "decide-head" });
    this.place = create("div", {});
    this.spoken = create("p", { classes: "unseen", attributes: { "aria-live": "polite" } });
    this.element = create("div", { classes: "decide-view" }, this.head, this.told, this.place, this.spoken);
  }

  /** What is being decided, with `judgement` and `marking`; or null. */
  get view() {
    return this.marking ? this : null;
  }

  async open(queue, item) {
    if (item === this.#item) return;
    this.close();
    this.#item = item;
    this.#tell("Loading …");
    this.head.replaceChildren(annotateLink({ queue, view: "agreement" }, "← Agreement"));
    try {
      const given = await get(`annotation/items/${encodeURIComponent(item)}/decision`);
      if (item === this.#item) this.#show(given);
    } catch (error) {
      this.#tell(error.status ? error.message : "The connection is lost: load the page again when it is back.");
    }
  }

  close() {
    this.marking?.close();
    this.lanes?.close();
    this.marking = this.lanes = null;
    this.#item = null;
    this.place.replaceChildren();
  }

  async save() {
    try {
      await send(`annotation/items/${encodeURIComponent(this.#item)}/decision`, this.judgement.toSend());
      this.#state("Decision recorded.");
    } catch (error) {
      this.#state(error.status ? error.message : "The connection is lost: the decision is not recorded yet. Try again.");
    }
  }

  #show({ item, queue, context, annotations, decision }) {
    entitle(`Decide ${item.ordinal + 1}`, queue.title);
    this.#tell("");
    const say = (words) => setText(this.spoken, words);
    const labels = new Labels(queue.schema);
    const title = create("h1", { attributes: { tabindex: -1, dir: "auto" } }, `${queue.title}: item ${item.ordinal + 1}`);
    this.head.append(title);
    const own = (said) => ({ ...said, spans: placed(said.spans, context) });
    const passages = ["target", "critique"].map((role) => context[role] && passageOf(context[role], context, say)).filter(Boolean);
    this.judgement = new Judgement(decision && own(decision), () => this.#said());
    this.marking = new Marking(passages, this.judgement, labels, say);
    this.lanes = new Lanes(annotations.map(own), passages, labels);
    this.form = new VerdictForm(this.judgement, { followable: context.refined !== null, words: "the critique", enter: () => this.save() });
    this.state = create("span", { classes: "quiet", attributes: { role: "status" } }, decision ? `Decided by ${decision.by}.` : "");
    const record = create("button", { classes: "button primary", attributes: { type: "button" }, on: { click: () => this.save() } }, "Record the decision");
    this.place.replaceChildren(
      new QuestionCard(context).element,
      create("ul", { classes: "everyone", attributes: { "aria-label": "What everyone said" } }, ...annotations.map((one, place) => this.#annotator(own(one), place, labels))),
      create("div", { classes: "passages" }, ...passages.map((passage, place) => create("div", {}, passage.element, this.lanes.elements[place], create("h4", { classes: "quiet" }, "Decided spans"), this.marking.lists[place].element))),
      labels.buttons("Labels", (label) => this.marking.label(label)),
      create("h2", {}, "Decision"),
      this.form.element,
      create("div", { classes: "desk-actions" }, record, this.state),
      this.marking.popover.element,
    );
    this.marking.show();
    this.form.update();
    title.focus({ preventScroll: true });
  }

  #annotator(one, place, labels) {
    const take = () => this.judgement.take(one);
    const button = create("button", { classes: "button", attributes: { type: "button" }, on: { click: take } }, "Take over");
    button.ariaLabel = `Take over what ${one.annotator} said`;
    return create("li", { attributes: { "data-lane": place } }, annotatorName(one), " ", ...saidBy(one, labels), button);
  }

  #said() {
    this.marking.show();
    this.form.update();
    this.#state("Not recorded yet.");
  }

  #state(words) {
    setText(this.state, words);
  }

  #tell(words) {
    setText(this.told, words);
    show(this.told, Boolean(words));
  }
}
