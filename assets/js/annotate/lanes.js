// What each annotator marked in the texts of an item: a line of its own below the words, and listed below the text.

import { create } from "../page/dom.js";
import { paintLanes, unpaint } from "./paint.js";

export class Lanes {
  /** `annotations`: what each said; `elements` has the list of spans for each passage. */
  constructor(annotations, passages, labels) {
    this.annotations = annotations;
    this.passages = passages;
    this.labels = labels;
    this.elements = passages.map((passage) => this.#list(passage));
    const spans = annotations.flatMap(({ spans: marked }, lane) => marked.flatMap((span) => this.#painted(span, lane)));
    paintLanes(this, spans);
  }

  close() {
    unpaint(this);
  }

  #painted(span, lane) {
    const passage = this.passages.find(({ call }) => call === span.call);
    return passage ? [{ range: passage.range(span), colour: this.labels.colourOf(span.label), lane }] : [];
  }

  #list(passage) {
    const lanes = this.annotations.map(({ annotator, spans }, lane) => {
      const own = spans.filter(({ call }) => call === passage.call);
      const items = own.map((span) => create("li", {}, this.#button(passage, span)));
      return own.length ? create("li", { attributes: { "data-lane": lane } }, create("b", {}, annotator), create("ul", {}, ...items)) : null;
    });
    return create("ul", { classes: "lanes", attributes: { "aria-label": `What each marked in: ${passage.words}` } }, ...lanes);
  }

  #button(passage, span) {
    const lead = () => {
      passage.lead(span);
      const range = passage.range(span);
      getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    };
    const comment = span.comment ? create("span", { classes: "quiet", attributes: { dir: "auto" } }, span.comment) : null;
    return create("button", { classes: "span-turn", attributes: { type: "button" }, on: { click: lead } }, this.labels.chip(span.label), create("q", { attributes: { dir: "auto" } }, passage.quote(span)), comment);
  }
}
