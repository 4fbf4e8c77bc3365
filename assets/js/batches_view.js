// How protocols did over files of questions: all batches, one of them, or one against another, as the address says.

import { BatchComparison } from "./batches/batch_comparison.js";
import { BatchList } from "./batches/batch_list.js";
import { OpenedBatch } from "./batches/opened_batch.js";
import { go, onChange, parameter } from "./page/address.js";
import { show } from "./page/dom.js";
import { bindKeys } from "./page/keys.js";
import { entitle } from "./page/title.js";
import { Watch } from "./page/watch.js";

class BatchesView {
  #shown = null; // what the address asked for last

  constructor(element) {
    this.list = new BatchList();
    this.opened = new OpenedBatch();
    this.comparison = new BatchComparison();
    element.append(this.list.element, this.opened.element, this.comparison.element);
    this.watch = new Watch(() => this.#look());
    this.#bind();
    onChange(() => this.#follow());
    this.#follow();
  }

  #bind() {
    const listed = () => !parameter("batch");
    const there = () => listed() && this.list.rows.length > 0;
    bindKeys(
      { keys: ["j"], does: "next batch", when: there, act: () => this.list.move(1) },
      { keys: ["k"], does: "previous batch", when: there, act: () => this.list.move(-1) },
      { keys: ["Enter"], does: "open the batch", when: there, act: () => this.list.move(0) },
      { keys: ["Escape"], does: "back", when: () => !listed(), act: () => go(parameter("against") ? { against: null } : { batch: null }) },
    );
  }

  async #follow() {
    const [batch, against] = [parameter("batch"), parameter("against")];
    const wanted = JSON.stringify([batch, against]);
    if (wanted === this.#shown) return;
    const before = this.#shown && JSON.parse(this.#shown)[0];
    this.#shown = wanted;
    show(this.list.element, !batch);
    show(this.opened.element, Boolean(batch) && !against);
    show(this.comparison.element, Boolean(batch && against));
    if (!batch) entitle("Batches");
    if (before !== null || batch) scrollTo(0, 0);
    await this.#look();
    if (before && !batch) this.list.focus(before);
  }

  /** Look at what the address asks for, and again after a while as long as it may change. */
  async #look() {
    const asked = this.#shown;
    const [batch, against] = [parameter("batch"), parameter("against")];
    const present = () => asked === this.#shown;
    const changes = await (against ? this.comparison.look(batch, against, present) : batch ? this.opened.look(batch, present) : this.list.look());
    if (present()) this.watch.set(changes);
  }
}

export function attach(element) {
  new BatchesView(element);
}
