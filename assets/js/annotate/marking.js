// Marking spans in an item's texts: what is selected, which span the annotator has turned to, and what is done with it.

import { LabelPopover } from "./label_popover.js";
import { SpanList } from "./span_list.js";

const FIELDS = "input, textarea, select";

export class Marking {
  #passage = null; // where something is selected
  #key = null; // of the span turned to
  #settled = null; // where the browser's selection was put after a label was given
  #dragging = false; // whether a selection is being drawn with a pointer
  #listening = new AbortController();

  constructor(passages, judgement, labels, say) {
    this.passages = passages;
    this.judgement = judgement;
    this.labels = labels;
    this.say = say;
    this.popover = new LabelPopover(labels, {
      choose: (label) => this.label(label),
      comment: (comment) => judgement.change(this.#key, { comment }, `span ${this.#key}`),
      remove: () => this.remove(),
      leave: () => this.#leave(),
    });
    this.lists = passages.map((passage) => new SpanList(passage, labels, { turn: (span) => this.turn(span), remove: (span) => this.remove(span) }));
    this.#listen();
  }

  /** The span turned to, or null. */
  get active() {
    return this.judgement.span(this.#key);
  }

  /** Show the spans as they are now. */
  show() {
    const { active } = this;
    for (const passage of this.passages) passage.show(this.judgement.spans, active, (label) => this.labels.colourOf(label));
    for (const list of this.lists) list.update(this.judgement.spans, active);
    if (!active && !this.#passage) this.popover.hide();
  }

  /** Give a label to what is selected, or another one to the span turned to. */
  label(label) {
    // A key may come before the browser has told what was selected.
    if (!getSelection().isCollapsed) this.#selected();
    const chosen = this.#passage?.chosen;
    if (chosen) {
      const passage = this.#passage;
      this.#settle(passage);
      this.#key = this.judgement.add({ ...chosen, label });
    } else if (this.active) this.judgement.change(this.#key, { label });
    else return this.say("Select some words first.");
    const passage = this.#of(this.active);
    this.say(`${this.labels.titleOf(label)}: ${passage.quote(this.active)}`);
    this.show();
    this.popover.show(passage.range(this.active), this.active);
  }

  /** Turn to a span, and lead to it. */
  turn(span) {
    this.#drop();
    this.#key = span.key;
    const passage = this.#of(span);
    this.show();
    passage.lead(span);
    this.popover.show(passage.range(span), span);
    this.say(`${this.labels.titleOf(span.label)}: ${passage.quote(span)}${span.comment ? `. ${span.comment}` : ""}`);
  }

  /** Turn to the span `step` further on. */
  move(step) {
    const { spans } = this.judgement;
    if (!spans.length) return;
    const place = spans.indexOf(this.active);
    this.turn(spans[place < 0 ? (step > 0 ? 0 : spans.length - 1) : (place + step + spans.length) % spans.length]);
  }

  remove(span = this.active) {
    if (!span) return;
    this.judgement.remove(span.key);
    this.say("Removed.");
    this.#of(span).focus();
  }

  /** Write a comment on the span turned to. */
  comment() {
    this.turn(this.active);
    this.popover.toComment();
  }

  /** Turn to nothing. */
  rest() {
    this.#key = null;
    this.#drop();
    this.show();
  }

  close() {
    this.#listening.abort();
    this.popover.hide();
    for (const passage of this.passages) passage.close();
  }

  #listen() {
    const { signal } = this.#listening;
    document.addEventListener("selectionchange", () => this.#selected(), { signal });
    document.addEventListener("pointerdown", (event) => this.#draw(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.#drawn(), { signal });
    addEventListener("scroll", () => this.popover.place(), { signal, capture: true, passive: true });
    document.addEventListener("focusin", ({ target }) => this.#left(target), { signal });
    addEventListener("resize", () => this.popover.place(), { signal });
    for (const passage of this.passages) passage.text.addEventListener("click", (event) => this.#clicked(passage, event), { signal });
  }

  #of(span) {
    return this.passages.find(({ call }) => call === span.call);
  }

  #drop() {
    this.#passage?.deselect();
    this.#passage = null;
  }

  /** The browser's selection has done its work: only the caret stays. */
  #settle(passage) {
    const selection = getSelection();
    if (selection.focusNode && passage.text.contains(selection.focusNode)) {
      selection.collapseToEnd();
      this.#settled = selection.focusOffset;
    }
    this.#drop();
  }

  #leave() {
    const { active } = this;
    this.popover.hide();
    (active ? this.#of(active) : this.passages[0]).focus();
  }

  /** The popover would be in the way of a pointer that still selects, or that goes elsewhere. */
  #draw({ target }) {
    this.#dragging = this.passages.some(({ text }) => text.contains(target));
    if (!this.popover.element.contains(target)) this.popover.hide();
  }

  /** Who writes elsewhere needs the popover no more. */
  #left(target) {
    if (!this.popover.element.contains(target) && !this.passages.some(({ text }) => text === target)) this.popover.hide();
  }

  #drawn() {
    if (!this.#dragging) return;
    this.#dragging = false;
    if (this.#passage?.chosen) this.popover.show(this.#passage.range(), null);
  }

  /** A place was clicked: turn to the shortest span there. */
  #clicked(passage, event) {
    const point = passage.at(event);
    const there = this.judgement.spans.filter(({ call, start, end }) => point !== null && call === passage.call && start <= point && point < end);
    if (there.length) this.turn(there.reduce((one, other) => (other.end - other.start < one.end - one.start ? other : one)));
  }

  #selected() {
    if (document.activeElement?.matches(FIELDS)) return;
    const selection = getSelection();
    const passage = this.passages.find(({ text }) => text.contains(selection.anchorNode));
    if (passage && selection.isCollapsed && selection.focusOffset === this.#settled) return passage.caret.follow(selection);
    this.#settled = null;
    if (this.#passage !== passage) this.#drop();
    this.#passage = passage?.select(selection) ? passage : null;
    this.#key = null;
    this.show();
    if (this.#passage && !this.#dragging) this.popover.show(this.#passage.range(), null);
  }
}
