// A text as its sentences, built in pieces so that the longest one never holds the page up.

import { create } from "../page/dom.js";
import { pause } from "./pause.js";
import { Sentence } from "./sentence.js";

const AT_ONCE = 60; // sentences, or paragraphs, that are built without a pause
const MOVES = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };

export class SentenceText {
  #roving = null; // the sentence that Tab comes to

  /**
   * The text of column number `column`, put into `element`. `chosen(sentence)` is told what the reader clicked, and
   * `moved(sentence, by)` that the arrow keys lead from it so many columns to the right.
   */
  constructor(element, column, { chosen, moved }) {
    this.element = element;
    this.column = column;
    this.chosen = chosen;
    this.moved = moved;
    this.sentences = [];
    element.addEventListener("click", ({ target }) => this.#clicked(target));
    element.addEventListener("keydown", (event) => this.#pressed(event));
    element.addEventListener("focusin", ({ target }) => this.#rove(this.#of(target)));
  }

  /** Put a text and its sentences there, as `record/compare/row` gives them, in paragraphs as the text has lines. */
  async fill({ text, sentences }, groups) {
    const slice = slicer(text);
    const paragraphs = [];
    let classes = "";
    let indent = "";
    let open = null;
    for (const [index, { start, end, group, share }] of sentences.entries()) {
      const [, said, space] = /^([^]*?)(\s*)$/.exec(slice(start, end));
      const sentence = new Sentence(said, { column: this.column, index, share, group: groups.get(group) ?? null });
      if (!open) {
        open = create("p", { classes, attributes: { dir: "auto" } }, indent);
        paragraphs.push(open);
      }
      open.append(sentence.element);
      this.sentences.push(sentence);
      const line = space.lastIndexOf("\n");
      if (line < 0) open.append(space);
      else {
        open = null;
        indent = space.slice(line + 1);
        classes = space.indexOf("\n") === line ? "" : "apart";
      }
      if (index % AT_ONCE === AT_ONCE - 1) await pause();
    }
    this.element.replaceChildren();
    for (let place = 0; place < paragraphs.length; place += AT_ONCE) {
      this.element.append(...paragraphs.slice(place, place + AT_ONCE));
      await pause();
    }
    if (this.sentences.length) this.#rove(this.sentences[0]);
  }

  #of(target) {
    const element = target.closest?.(".compare-sentence");
    return element ? (this.sentences.find((sentence) => sentence.element === element) ?? null) : null;
  }

  /** A sentence is chosen by a click, not at the end of marking text to copy it. */
  #clicked(target) {
    const sentence = this.#of(target);
    if (sentence && getSelection().isCollapsed) this.chosen(sentence);
  }

  #pressed(event) {
    const sentence = this.#of(event.target);
    if (!sentence || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Enter" || event.key === " ") this.chosen(sentence);
    else if (event.key in MOVES) {
      const [across, down] = MOVES[event.key];
      if (across) this.moved(sentence, across);
      else this.#beside(sentence, down)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The next sentence that is not folded away, `down` or up. */
  #beside({ index }, down) {
    let place = index + down;
    while (this.sentences[place]?.element.hidden) place += down;
    return this.sentences[place];
  }

  /** The sentence that had the focus last is the one that Tab comes back to. */
  #rove(sentence) {
    if (!sentence || sentence === this.#roving) return;
    this.#roving?.element.setAttribute("tabindex", "-1");
    sentence.element.setAttribute("tabindex", "0");
    this.#roving = sentence;
  }
}

/** Parts of a text by where they begin and end, in code points. */
function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}
