// All queues, how far each is, and how to begin.

import { create, Keyed, setText, show } from "../page/dom.js";
import { get } from "../page/read.js";
import { may } from "../page/session.js";
import { NewQueue } from "./new_queue.js";
import { QueueRow } from "./queue_row.js";
import { ReadyOffers } from "./ready_offers.js";

export class QueueList {
  constructor() {
    this.rows = [];
    this.told = create("p", { classes: "told", attributes: { role: "status" } }, "Loading …");
    this.empty = create("p", { classes: "intro" }, "Here people judge what experts wrote: what in a critique is right, what is wrong or vague, and whether it helped. What they find shows which experts criticise well, and can be exported as training data.");
    this.offers = new ReadyOffers();
    this.waiting = create("p", { classes: "quiet" }, "There is no queue yet: whoever owns this Disputatio can make one.");
    this.list = create("ul", { classes: "queues", attributes: { "aria-label": "Queues" } });
    this.kept = new Keyed(this.list, (told) => new QueueRow(told, () => this.look()));
    this.form = new NewQueue();
    this.element = create("div", { classes: "queue-list" }, create("h1", {}, "Annotate"), this.told, this.empty, this.list, this.offers.element, this.waiting, this.form.element);
    for (const part of [this.empty, this.offers.element, this.waiting, this.form.element]) show(part, false);
  }

  /** Read the list. */
  async look() {
    try {
      const [queues, owner] = await Promise.all([get("annotation/queues"), may("owner")]);
      this.kept.update(queues, ({ queue }) => queue.id, (part, told) => part.update(told, owner));
      this.rows = queues.map(({ queue }) => this.kept.parts.get(queue.id));
      const none = queues.length === 0;
      show(this.told, false);
      show(this.empty, none);
      show(this.waiting, none && !owner);
      show(this.offers.element, none && owner);
      show(this.form.element, owner);
      if (none && owner) await this.offers.count();
    } catch (error) {
      this.say(error.status ? error.message : "The connection is lost: load the page again when it is back.");
    }
  }

  say(words) {
    setText(this.told, words);
    show(this.told, true);
  }

  /** Give the focus to the queue `step` further down than the one that has it. */
  move(step) {
    const place = this.rows.findIndex(({ element }) => element.contains(document.activeElement));
    this.rows[place < 0 ? 0 : Math.max(0, Math.min(this.rows.length - 1, place + step))]?.link.focus();
  }
}
