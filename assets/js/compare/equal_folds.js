// Sentences that all columns say word for word, folded into one line each run.

import { create, show } from "../page/dom.js";
import { count } from "../page/format.js";

export class EqualFolds {
  #folds = []; // {button, sentences}

  /** `text`: the SentenceText whose sentences are folded. */
  constructor(text) {
    this.text = text;
  }

  /** Fold what all of `texts` columns say, or show everything. */
  set(wanted, texts) {
    for (const fold of [...this.#folds]) this.#unfold(fold);
    if (wanted && texts > 1) for (const run of runsOf(this.text.sentences, texts)) this.#fold(run);
    this.#hideEmpty();
  }

  #fold(sentences) {
    const words = `${count(sentences.length, "sentence")} all say`;
    const unfold = () => {
      this.#unfold(fold);
      this.#hideEmpty();
      sentences[0].focus();
    };
    const button = create("button", { classes: "equal", attributes: { type: "button", title: "Unfold" }, on: { click: unfold } }, words);
    const fold = { button, sentences };
    sentences[0].element.before(button);
    for (const { element } of sentences) show(element, false);
    this.#folds.push(fold);
  }

  #unfold(fold) {
    fold.button.remove();
    for (const { element } of fold.sentences) show(element, true);
    this.#folds.splice(this.#folds.indexOf(fold), 1);
  }

  /** Paragraphs of which nothing is left take no room. */
  #hideEmpty() {
    for (const paragraph of this.text.element.children) {
      show(paragraph, [...paragraph.children].some((child) => !child.hidden) || !paragraph.children.length);
    }
  }
}

/** Runs of consecutive sentences that all columns have in the very same words. */
function runsOf(sentences, texts) {
  const runs = [];
  let before = -2;
  for (const sentence of sentences) {
    const { group, index } = sentence;
    if (!group?.equal || group.contradiction || group.shown.length < texts) continue;
    if (index === before + 1) runs.at(-1).push(sentence);
    else runs.push([sentence]);
    before = index;
  }
  return runs;
}
