// An item in somebody's hands: what is shown of it, and that nobody else is handed it.

import { ItemView } from "./item_view.js";
import { Lease } from "./lease.js";

export class ItemInHand {
  /** `given`, `say(words)` and `save()` as in ItemView; `refused(error)` is told what the server refuses. */
  constructor(given, { say, save, refused }) {
    this.id = given.item.id;
    this.path = `annotation/items/${this.id}`;
    this.view = new ItemView(given, { say, save, trouble: refused });
    this.lease = new Lease(this.path, refused);
  }

  close() {
    this.lease.close();
    this.view.close();
  }
}
