// Judging what experts wrote: the queues, one item after the other, the agreement, or the decision on an item, as the address says.

import { AgreementView } from "./annotate/agreement_view.js";
import { DecideView } from "./annotate/decide_view.js";
import { Desk } from "./annotate/desk.js";
import { QueueList } from "./annotate/queue_list.js";
import { queueOfRun } from "./annotate/queue_of_run.js";
import { onChange, parameter } from "./page/address.js";
import { show } from "./page/dom.js";
import { bindKeys } from "./page/keys.js";
import { entitle } from "./page/title.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

class AnnotateView {
  constructor(element) {
    this.list = new QueueList();
    this.desk = new Desk();
    this.agreement = new AgreementView();
    this.decision = new DecideView();
    this.parts = [this.list, this.desk, this.agreement, this.decision];
    element.append(...this.parts.map((part) => part.element));
    this.#bind();
    onChange(() => this.#follow());
    this.#follow();
  }

  async #follow() {
    const [run, queue, item, view] = ["run", "queue", "item", "view"].map(parameter);
    const wanted = !queue ? this.list : view === "agreement" ? this.agreement : view === "decide" && item ? this.decision : this.desk;
    for (const part of this.parts) {
      show(part.element, part === wanted);
      if (part !== wanted) part.close?.();
    }
    if (wanted !== this.list) return wanted.open(queue, item);
    entitle("Annotate");
    if (run) await queueOfRun(run, (words) => this.list.say(words));
    else await this.list.look();
  }

  #bind() {
    const marking = () => (this.desk.view ?? this.decision.view)?.marking;
    const desk = () => this.desk.view !== null;
    const both = () => Boolean(marking());
    const active = () => Boolean(marking()?.active);
    const form = () => (this.desk.view ?? this.decision.view).form;
    const listed = () => !parameter("queue");
    bindKeys(
      { keys: DIGITS, does: "label the selected words", when: both, act: ({ key }) => this.#label(marking(), key) },
      { keys: ["h", "m", "x"], does: "helpful, harmless, harmful", when: both, act: ({ key }) => form().key(key) },
      { keys: ["y", "n"], does: "it was followed, or not", when: both, act: ({ key }) => form().key(key) },
      { keys: ["Enter"], does: "save, and on to the next", when: desk, act: () => this.desk.save() },
      { keys: ["s"], does: "skip", when: desk, act: () => this.desk.skip() },
      { keys: ["b"], does: "back to the one before", when: desk, act: () => this.desk.back() },
      { keys: ["u"], does: "undo", when: desk, act: () => this.desk.undo() },
      { keys: ["u"], does: "undo", when: both, act: () => this.decision.judgement.undo() },
      { keys: ["t"], does: "to the other text", when: desk, act: () => this.desk.view.turnText() },
      { keys: ["g"], does: "show the right answer", when: desk, act: () => this.desk.view.question.turn() },
      { keys: ["r"], does: "show what followed", when: () => Boolean(this.desk.view?.refinement), act: () => this.desk.view.refinement.turn() },
      { keys: ["o"], does: "comment on the whole", when: both, act: () => form().comment.focus() },
      { keys: ["j", "k"], does: "next or previous span", when: both, act: ({ key }) => marking().move(key === "j" ? 1 : -1) },
      { keys: ["c"], does: "comment on the span", when: active, act: () => marking().comment() },
      { keys: ["Delete", "Backspace"], does: "remove the span", when: active, act: () => marking().remove() },
      { keys: ["Escape"], does: "let go of what is selected", when: both, act: () => marking().rest() },
      { keys: ["w", "e"], does: "in a text: select the word or the sentence, again: the next as well", when: both, act: () => {} },
      { keys: ["j"], does: "next queue", when: listed, act: () => this.list.move(1) },
      { keys: ["k"], does: "previous queue", when: listed, act: () => this.list.move(-1) },
    );
  }

  #label(marking, key) {
    const label = marking.labels.at(key);
    if (label) marking.label(label);
  }
}

export function attach(element) {
  new AnnotateView(element);
}
