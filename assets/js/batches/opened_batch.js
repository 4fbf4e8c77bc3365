// One batch: how much of it was right, by what, at what cost, and beside which other batches it can be put.

import { create, refill, setText, show } from "../page/dom.js";
import { moment, row } from "../page/format.js";
import { read } from "../page/read.js";
import { entitle } from "../page/title.js";
import { ExpertTable } from "./expert_table.js";
import { batchLink } from "./links.js";
import { Outcome } from "./outcome.js";
import { PartTable } from "./part_table.js";
import { PeerTable } from "./peer_table.js";
import { settingsList } from "./settings_list.js";
import { UsageBar } from "./usage_bar.js";
import { place } from "./words.js";

export class OpenedBatch {
  #shown = "";

  constructor() {
    this.title = create("h1", { attributes: { tabindex: -1, dir: "auto" } });
    this.about = create("p", { classes: "quiet" });
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.outcome = new Outcome();
    this.categories = new PartTable("By category", "category");
    this.sources = new PartTable("By source", "source");
    this.experts = new ExpertTable();
    this.usage = new UsageBar();
    this.peers = new PeerTable();
    this.settings = create("section", {});
    this.parts = [this.outcome, this.categories, this.sources, this.experts, this.usage, this.peers];
    this.body = create("div", { classes: "opened-batch" }, ...this.parts.map(({ element }) => element), this.settings);
    this.element = create("div", {}, create("nav", { attributes: { "aria-label": "From the list of batches" } }, batchLink({}, "← All batches")), this.told, this.title, this.about, this.body);
  }

  /** Read and show a batch; whether it may still change. `present()` says whether it is still wanted. */
  async look(id, present) {
    if (id !== this.#shown) this.#begin(id);
    try {
      const results = await read(`batches/${encodeURIComponent(id)}`);
      if (present()) this.#show(results);
      return results.batch.status !== "done";
    } catch (error) {
      if (present()) this.#refused(error);
      return !error.status;
    }
  }

  #begin(id) {
    this.#shown = id;
    setText(this.told, "Loading …");
    for (const part of [this.title, this.about, this.body]) show(part, false);
    show(this.told, true);
  }

  #show(results) {
    const { batch } = results;
    const first = this.title.hidden;
    entitle(`${batch.title}, ${batch.protocol}`, "Batches");
    setText(this.title, `${batch.title}: ${batch.protocol}`);
    setText(this.about, row(place(batch), `seed ${batch.seed}`, `begun ${moment(batch.created_at)}`));
    for (const part of this.parts) part.update(results);
    refill(this.settings, ...settingsList(batch.settings));
    for (const part of [this.title, this.about, this.body]) show(part, true);
    show(this.told, false);
    if (first) this.title.focus({ preventScroll: true });
  }

  #refused(error) {
    setText(this.told, error.status ? error.message : "Connection lost, trying again …");
    show(this.told, true);
  }
}
