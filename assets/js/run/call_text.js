// What a call wrote: plain while it comes, rendered once it is whole. The plain text stays in the page, word for word.

import { create, label, mark, show } from "../page/dom.js";
import { renderedTexts } from "./rendered_texts.js";
import { StreamedText } from "./streamed_text.js";

export class CallText {
  #asked = null; // the call whose rendered text is asked for or shown

  constructor() {
    this.streamed = new StreamedText();
    this.prose = create("div", { classes: "prose", attributes: { tabindex: "0", dir: "auto" } });
    this.element = create("div", { classes: "call-text" }, this.streamed.element, this.prose);
  }

  update(record, call) {
    const written = call.state === "thinking";
    label(this.streamed.element, `${record.expert(call.expert).title}: ${call.step}`);
    label(this.prose, this.streamed.element.ariaLabel);
    this.streamed.set(call.text, { written, flowing: written && record.growing });
    show(this.element, Boolean(call.text) || !call.over);
    const whole = call.state === "done" && call.text ? call.name : null;
    if (whole === this.#asked) return;
    this.#asked = whole;
    mark(this.element, "rendered", null);
    renderedTexts.leave(this.element);
    if (whole) renderedTexts.want(this.element, record.run, whole, (html) => this.#render(html));
  }

  /** Put the rendered text in the place of the plain one; the answer, once it stands, scrolls as far down as the reader was. */
  #render(html) {
    const { read, element: plain } = this.streamed;
    const focused = document.activeElement === plain;
    this.prose.innerHTML = html; // sanitised by the server
    mark(this.element, "rendered", "");
    if (focused) this.prose.focus({ preventScroll: true });
    return () => {
      if (read) this.prose.scrollTop = read * (this.prose.scrollHeight - this.prose.clientHeight);
    };
  }
}
