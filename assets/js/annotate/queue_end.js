// What is said when a queue has nothing more for a person.

import { create, setText } from "../page/dom.js";
import { count } from "../page/format.js";
import { get } from "../page/read.js";
import { send } from "../page/send.js";
import { may } from "../page/session.js";
import { annotateLink } from "./links.js";
import { progressWords } from "./words.js";

export class QueueEnd {
  /** `again()` looks for another item. */
  constructor(again) {
    this.again = again;
    this.element = create("section", { classes: "queue-end", attributes: { role: "region", "aria-label": "End of the queue" } });
  }

  async open(queue) {
    const [{ queue: found, progress }, owner] = await Promise.all([get(`annotation/queues/${encodeURIComponent(queue)}`), may("owner")]);
    const heading = create("h1", { attributes: { tabindex: -1 } }, progress.mine ? "Thank you, that was all" : "There is nothing for you here");
    this.state = create("p", { attributes: { role: "status" } });
    const look = () => this.#refresh(queue);
    this.element.replaceChildren(
      heading,
      create("p", {}, whyOf(found, progress)),
      create("p", { classes: "numbers quiet" }, progressWords(progress)),
      create(
        "p",
        { classes: "ways" },
        annotateLink({ queue, view: "agreement" }, "See the agreement"),
        create("button", { classes: "link", attributes: { type: "button" }, on: { click: owner ? look : this.again } }, owner ? "Look for new items" : "Look again"),
        annotateLink({}, "All queues"),
      ),
      this.state,
    );
    heading.focus({ preventScroll: true });
  }

  async #refresh(queue) {
    try {
      const { added } = await send(`annotation/queues/${encodeURIComponent(queue)}/refresh`);
      await this.again(); // also where nothing is new: somebody may have given an item back
      setText(this.state, added ? `${count(added, "new item")}.` : "Nothing new matches the queue's filters.");
    } catch (error) {
      setText(this.state, error.status ? error.message : "The connection is lost: try again.");
    }
  }
}

function whyOf(queue, { mine, skipped, done, items }) {
  if (queue.closed_at !== null) return `“${queue.title}” is closed.`;
  if (!items) return `“${queue.title}” has no item: nothing matched its filters.`;
  const left = items - done;
  const passed = skipped ? ` You skipped ${skipped}.` : "";
  if (left <= 0) return `All ${count(items, "item")} of “${queue.title}” are judged.${passed}`;
  return `You judged ${mine} of ${count(items, "item")} of “${queue.title}”.${passed} ${left} still ${left === 1 ? "waits" : "wait"} for others, or ${left === 1 ? "is" : "are"} in their hands.`;
}
