// One queue in the list.

import { create, label, setText, show } from "../page/dom.js";
import { count, row } from "../page/format.js";
import { send } from "../page/send.js";
import { annotateLink } from "./links.js";
import { filterWords, mannerWords, progressWords } from "./words.js";

export class QueueRow {
  /** `deleted()` is called once the queue is gone. */
  constructor({ queue }, deleted) {
    this.id = queue.id;
    this.deleted = deleted;
    this.link = annotateLink({ queue: queue.id }, queue.title, "queue-title");
    this.about = create("p", { classes: "quiet" });
    this.bar = create("progress");
    this.words = create("span", { classes: "numbers" });
    this.proceed = annotateLink({ queue: queue.id }, "", "button primary");
    this.agreement = annotateLink({ queue: queue.id, view: "agreement" }, "Agreement");
    this.close = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#close() } });
    this.remove = create("button", { classes: "link danger", attributes: { type: "button" }, on: { click: () => this.#ask() } }, "Delete");
    this.asking = create("p", { classes: "asking", attributes: { role: "alert" } });
    label(this.agreement, `Agreement in ${queue.title}`);
    label(this.remove, `Delete ${queue.title}`);
    show(this.asking, false);
    this.element = create(
      "li",
      { attributes: { "data-queue": queue.id } },
      create("div", { classes: "queue-words" }, this.link, this.about, this.asking),
      create("div", { classes: "queue-progress" }, this.bar, this.words),
      create("div", { classes: "queue-ways" }, this.proceed, this.agreement, this.close, this.remove),
    );
  }

  update({ queue, progress }, owner) {
    this.queue = queue;
    this.owner = owner;
    this.closed = queue.closed_at !== null;
    this.judged = progress.annotations_done;
    setText(this.about, `${row(filterWords(queue.filters), count(queue.items, "item"))} – ${mannerWords(queue)}`);
    this.bar.max = Math.max(1, progress.annotations_wanted);
    this.bar.value = progress.annotations_done;
    label(this.bar, `Judgements done in ${queue.title}`);
    setText(this.words, progressWords(progress));
    setText(this.proceed, this.closed ? "Closed" : progress.mine ? "Continue" : "Begin");
    label(this.proceed, `${this.proceed.textContent} ${queue.title}`);
    setText(this.close, this.closed ? "Open again" : "Close");
    label(this.close, this.closed ? `Open ${queue.title} again` : `Close ${queue.title}: nothing more is handed out`);
    for (const button of [this.close, this.remove]) show(button, owner);
  }

  async #close() {
    try {
      this.update(await send(`annotation/queues/${encodeURIComponent(this.id)}/${this.closed ? "open" : "close"}`), this.owner);
      show(this.asking, false);
    } catch (error) {
      setText(this.asking, error.status ? error.message : "The connection is lost: try again.");
      show(this.asking, true);
    }
  }

  #ask() {
    const button = (words, classes, act) => create("button", { classes, attributes: { type: "button" }, on: { click: act } }, words);
    const sure = button("Delete it", "button danger", () => this.#delete());
    const stay = button("Keep it", "button", () => {
      show(this.asking, false);
      this.remove.focus();
    });
    const judged = this.judged ? ` with ${count(this.judged, "judgement")}` : "";
    this.asking.replaceChildren(`Delete “${this.queue.title}”${judged}? This cannot be undone. `, sure, " ", stay);
    show(this.asking, true);
    stay.focus();
  }

  async #delete() {
    try {
      await send(`annotation/queues/${encodeURIComponent(this.id)}/delete`);
      await this.deleted();
    } catch (error) {
      setText(this.asking, error.status ? error.message : "The connection is lost: the queue is still there.");
    }
  }
}
