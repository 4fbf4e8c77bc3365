// The sentence that the reader chose, and what says about the same in the other columns.

import { bringIntoView } from "../page/dom.js";
import { listed } from "./words.js";

export class Highlight {
  #lit = []; // the chosen sentence and its counterparts

  /** `say(words)` tells a screen reader what is found. */
  constructor(say) {
    this.say = say;
    this.chosen = null; // {row, sentence}
  }

  /** Choose a sentence of a row, or take that back. */
  turn(row, sentence) {
    if (this.chosen?.sentence === sentence) this.clear();
    else this.light(row, sentence);
  }

  /** Let a sentence and its counterparts stand out, and scroll the other columns to them. */
  light(row, sentence, { focus = false } = {}) {
    this.clear();
    this.chosen = { row, sentence };
    this.#lit = sentence.group?.shown ?? [sentence];
    for (const one of this.#lit) one.light(true, one === sentence);
    if (focus) {
      sentence.element.focus({ preventScroll: true });
      row.scrolling.reveal(sentence);
      bringIntoView(sentence.element, "center");
    }
    row.scrolling.bring(sentence, this.#lit.filter((one) => one !== sentence));
    this.say(this.#found(row, sentence));
  }

  clear() {
    for (const one of this.#lit) one.light(false);
    this.#lit = [];
    this.chosen = null;
  }

  #found(row, sentence) {
    const others = this.#lit.filter((one) => one !== sentence).map(({ column }) => row.columns[column].title);
    if (!others.length) return "Nothing like it in the other columns.";
    const contradiction = sentence.group.contradiction;
    return contradiction ? `Contradicts ${listed(others)} in ${contradiction}.` : `${listed(others)} ${others.length === 1 ? "says" : "say"} about the same.`;
  }
}
