// The spans of one text, listed below it.

import { create, Keyed, mark, setText, show } from "../page/dom.js";

const LONGEST = 90; // characters of a quote that are shown

export class SpanList {
  /** `turn(span)` is called when the reader turns to a span, `remove(span)` when it is to go. */
  constructor(passage, labels, { turn, remove }) {
    this.passage = passage;
    this.labels = labels;
    this.element = create("ol", { classes: "span-list", attributes: { "aria-label": `Spans in: ${passage.words}` } });
    this.rows = new Keyed(this.element, () => new SpanRow(labels, turn, remove));
  }

  update(spans, active) {
    const own = spans.filter(({ call }) => call === this.passage.call);
    show(this.element, own.length > 0);
    this.rows.update(own, ({ key }) => key, (row, span) => row.update(span, this.passage.quote(span), span.key === active?.key));
  }
}

class SpanRow {
  constructor(labels, turn, remove) {
    this.labels = labels;
    this.label = create("span", { classes: "label-chip" });
    this.quote = create("q", { attributes: { dir: "auto" } });
    this.comment = create("span", { classes: "quiet", attributes: { dir: "auto" } });
    this.turn = create("button", { classes: "span-turn", attributes: { type: "button" }, on: { click: () => turn(this.span) } }, this.label, this.quote, this.comment);
    this.removal = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => remove(this.span) } }, "×");
    this.element = create("li", {}, this.turn, this.removal);
  }

  update(span, quote, active) {
    this.span = span;
    const short = quote.length > LONGEST ? `${quote.slice(0, LONGEST - 30)} … ${quote.slice(-25)}` : quote;
    mark(this.label, "colour", this.labels.colourOf(span.label));
    setText(this.label, this.labels.titleOf(span.label));
    setText(this.quote, short);
    setText(this.comment, span.comment);
    this.removal.ariaLabel = `Remove ${this.labels.titleOf(span.label)}: ${short}`;
    this.turn.ariaPressed = String(active);
  }
}
