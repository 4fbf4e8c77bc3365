// The way back to items that a person had in hand before.

import { go } from "../page/address.js";
import { send } from "../page/send.js";

export class WayBack {
  #had = []; // ids of items, the latest first

  /** `say(words)` tells that there is no way, `refused(error)` what the server refuses. */
  constructor({ say, refused }) {
    this.say = say;
    this.refused = refused;
  }

  /** These are the items that the person had in hand, by id, the latest first. */
  update(had) {
    this.#had = had;
  }

  /** To the item before another, or to the latest. */
  go(id) {
    const before = this.#had[this.#had.indexOf(id) + 1];
    if (before === undefined) this.say("There is nothing before this.");
    else go({ item: String(before) });
  }

  /** Take back that the latest item but this one was done or skipped. */
  async reopen(id) {
    const last = this.#had.find((one) => one !== id);
    if (last === undefined) return this.say("There is nothing to undo.");
    try {
      await send(`annotation/items/${last}/reopen`);
    } catch (error) {
      if (error.status !== 409) return this.refused(error); // it is open already
    }
    go({ item: String(last) });
  }
}
