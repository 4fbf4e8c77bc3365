// Text that grows: new words are appended, and the box scrolls along only if the reader is at its end.

import { create } from "../page/dom.js";

const NEAR = 24; // pixels from the end that still count as being there

export class StreamedText {
  constructor() {
    this.element = create("div", { classes: "streamed", attributes: { tabindex: "0", dir: "auto" } });
    this.node = document.createTextNode("");
    this.element.append(this.node);
    this.shown = "";
  }

  set(text) {
    if (text === this.shown) return;
    const box = this.element;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (text.startsWith(this.shown)) this.node.appendData(text.slice(this.shown.length));
    else this.node.data = text;
    this.shown = text;
    if (atEnd) box.scrollTop = box.scrollHeight;
  }
}
