// Above the desk: which queue is being judged, and how far it is.

import { create, setText, show } from "../page/dom.js";
import { row } from "../page/format.js";
import { annotateLink } from "./links.js";
import { progressWords } from "./words.js";

export class DeskHead {
  constructor() {
    this.title = create("h1", { attributes: { tabindex: -1, dir: "auto" } });
    this.progress = create("p", { classes: "numbers quiet", attributes: { role: "status" } });
    this.bar = create("progress", { attributes: { "aria-label": "Judgements done in this queue" } });
    this.element = create("div", { classes: "desk-head" }, annotateLink({}, "← Queues"), this.title, this.progress, this.bar);
  }

  /** How far the queue is, in words. */
  get words() {
    return this.progress.textContent;
  }

  /** Show the item of a queue that is on the desk; nothing of it where there is none. */
  update(given) {
    for (const part of [this.title, this.progress, this.bar]) show(part, Boolean(given));
    if (!given) return;
    const { queue, item, progress } = given;
    setText(this.title, queue.title);
    setText(this.progress, row(`${item.ordinal + 1} of ${queue.items}`, progressWords(progress)));
    this.bar.max = Math.max(1, progress.annotations_wanted);
    this.bar.value = progress.annotations_done;
  }
}
