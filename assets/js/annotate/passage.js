// One recorded text in which spans are selected and shown. It stays one text node, however many spans it has: they are painted over it.

import { create } from "../page/dom.js";
import { Caret } from "./caret.js";
import { Offsets } from "./offsets.js";
import { paint, unpaint } from "./paint.js";

export class Passage {
  #chosen = null; // what is selected, in units: [start, end]

  /** The text of `call`, with its hash; `heading` stands above it, `words` name it to a screen reader, which `say(words)` tells of the caret. */
  constructor({ call, text, hash, heading, words, say }) {
    this.call = call;
    this.hash = hash;
    this.words = words;
    this.offsets = new Offsets(text);
    this.node = document.createTextNode(text);
    this.text = create("div", {
      classes: "passage-text",
      attributes: { role: "textbox", "aria-readonly": "true", "aria-multiline": "true", "aria-label": words, tabindex: 0, dir: "auto", "data-passage": call },
    });
    this.text.append(this.node);
    this.caret = new Caret(this.node, say);
    this.scroll = create("div", { classes: "passage-scroll" }, this.text, this.caret.element);
    this.element = create("section", { classes: "passage", attributes: { "aria-label": words } }, heading, this.scroll);
    this.text.addEventListener("keydown", (event) => this.caret.key(event));
    this.text.addEventListener("focus", () => this.caret.focus(this.#chosen));
    this.text.addEventListener("blur", () => this.caret.hide());
  }

  /** What is selected, as a span in code points, or null. */
  get chosen() {
    if (!this.#chosen) return null;
    const [start, end] = this.#chosen.map((unit) => this.offsets.toPoints(unit));
    return { call: this.call, start, end, text_hash: this.hash };
  }

  /** The words of a span. */
  quote({ start, end }) {
    return this.offsets.text.slice(this.offsets.toUnits(start), this.offsets.toUnits(end));
  }

  /** Take over what the browser has selected here: whether that is anything. White space around it does not belong to it. */
  select(selection) {
    const [start, end] = this.offsets.snap(...this.#trimmed(this.#within(selection.getRangeAt(0))));
    this.#chosen = end > start ? [start, end] : null;
    this.caret.follow(selection);
    return this.#chosen !== null;
  }

  /** Nothing is selected any more. */
  deselect() {
    this.#chosen = null;
  }

  /** Paint spans, of which `active` is the one turned to. `colourOf(label)` is a colour's name. */
  show(spans, active, colourOf) {
    const own = spans.filter(({ call }) => call === this.call);
    const painted = own.map((span) => ({ range: this.range(span), start: span.start, end: span.end, colour: colourOf(span.label), active: span.key === active?.key }));
    paint(this, painted, this.#chosen && this.#rangeOf(...this.#chosen));
  }

  /** A span, or what is selected, as a range of the page. */
  range(span = this.chosen) {
    return this.#rangeOf(this.offsets.toUnits(span.start), this.offsets.toUnits(span.end));
  }

  /** The code point that was clicked, or null where something was selected instead. */
  at({ clientX, clientY }) {
    const found = document.caretPositionFromPoint(clientX, clientY);
    return getSelection().isCollapsed && found?.offsetNode === this.node ? this.offsets.toPoints(found.offset) : null;
  }

  /** Scroll to a span. */
  lead(span) {
    const place = this.range(span).getBoundingClientRect();
    const seen = this.scroll.getBoundingClientRect();
    if (place.top < seen.top || place.bottom > seen.bottom) this.scroll.scrollTop += place.top - seen.top - seen.height / 3;
    this.text.scrollIntoView({ block: "nearest" });
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  close() {
    unpaint(this);
  }

  #rangeOf(start, end) {
    const range = new Range();
    range.setStart(this.node, start);
    range.setEnd(this.node, end);
    return range;
  }

  /** The part of a range that is in the text, in units. */
  #within(range) {
    const start = range.comparePoint(this.node, 0) >= 0 ? 0 : range.startOffset;
    const end = range.comparePoint(this.node, this.node.length) <= 0 ? this.node.length : range.endOffset;
    return [start, end];
  }

  #trimmed([start, end]) {
    const chosen = this.offsets.text.slice(start, end);
    return [start + chosen.length - chosen.trimStart().length, end - (chosen.length - chosen.trimEnd().length)];
  }
}
