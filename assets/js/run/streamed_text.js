// Text that grows, or goes back: the exact words. What grows is a block a line, so that a new word lays out its own line only.

import { create } from "../page/dom.js";
import { flow } from "./flow.js";

const NEAR = 24; // pixels from the end that still count as being there
const SHORTEST = 100; // milliseconds over which a batch is shown
const LONGEST = 600;
const AT_ONCE = 1500; // characters that are too many to flow: the page was opened in the middle, or comes back to it

export class StreamedText {
  #shown = "";
  #target = "";
  #from = 0; // characters shown when the latest batch came
  #came = 0; // when it came, and when it is to be shown in full, in milliseconds
  #due = 0;
  #line = null; // the text node of the last line
  #top = 0; // where the box was scrolled to
  #written = false; // whether it has been seen growing
  #asleep = false; // whether it is out of sight and not laid out

  constructor() {
    const on = { scroll: () => this.#scrolled() };
    this.element = create("div", { classes: "streamed", attributes: { role: "group", tabindex: "0", dir: "auto" }, on });
    this.read = 0; // how far down the reader is, from 0 to 1
    this.following = true; // whether the box scrolls along: as long as the reader is at its end
  }

  /** Show `text`. It is being `written` and the box scrolls along; `flowing`, what is new comes over a moment. */
  set(text, { written = false, flowing = false } = {}) {
    if (text === this.#target && (flowing || this.#shown === text)) return;
    const now = performance.now();
    this.#target = text;
    const length = text.length - this.#shown.length;
    const flows = flowing && flow.open && !this.#asleep && length <= AT_ONCE && text.startsWith(this.#shown);
    this.#due = flows ? now + Math.min(LONGEST, Math.max(SHORTEST, now - this.#came)) : now;
    this.#came = now;
    this.#from = this.#shown.length;
    if (!flows) this.#show(text);
    if (written || this.#written) flow.add(this);
    this.#written = written;
  }

  /** Out of sight nothing is moved or measured; back in sight, the box is where it would have been. */
  sleep(asleep) {
    this.#asleep = asleep;
    if (!asleep && this.#written) flow.add(this);
  }

  /** Show as much as is due `now`; whether that is all. */
  advance(now) {
    const share = this.#asleep || now >= this.#due ? 1 : Math.max(0, now - this.#came) / (this.#due - this.#came);
    let length = this.#from + Math.ceil((this.#target.length - this.#from) * share);
    if (/[\uDC00-\uDFFF]/.test(this.#target[length] ?? "")) length += 1; // half of a character cannot be shown
    if (length > this.#shown.length) this.#append(this.#target.slice(this.#shown.length, length).split(/(?<=\n)/));
    return length >= this.#target.length;
  }

  get moves() {
    return this.following && !this.#asleep;
  }

  #show(text) {
    if (!text.startsWith(this.#shown)) this.#cut(text);
    const words = text.slice(this.#shown.length);
    const lastLine = words.lastIndexOf("\n") + 1;
    this.#append([words.slice(0, lastLine), words.slice(lastLine)]);
  }

  #append(pieces) {
    for (const piece of pieces.filter(Boolean)) {
      if (!this.#line || this.#line.data.endsWith("\n")) {
        this.#line = document.createTextNode("");
        this.element.append(create("div", {}, this.#line));
      }
      this.#line.appendData(piece);
      this.#shown += piece;
    }
  }

  /** Take away what `text` does not begin with, block by block. */
  #cut(text) {
    while (this.#line && !text.startsWith(this.#shown)) {
      const begin = this.#shown.length - this.#line.data.length;
      this.#shown = this.#shown.slice(0, begin);
      this.#line.parentNode.remove();
      this.#line = this.element.lastChild?.firstChild ?? null;
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const hidden = scrollHeight - clientHeight;
    if (hidden - scrollTop < NEAR) this.following = true;
    else if (scrollTop < this.#top) this.following = false; // growing moves the end away, only the reader moves upwards
    this.#top = scrollTop;
    this.read = hidden > 0 ? scrollTop / hidden : 0;
  }
}
