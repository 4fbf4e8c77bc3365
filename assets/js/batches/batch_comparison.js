// Two batches over the same questions: how often only one of them is right, whether that may be chance, and which questions.

import { create, refill, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { read } from "../page/read.js";
import { entitle } from "../page/title.js";
import { batchLink } from "./links.js";
import { chance, difference, outcome } from "./mcnemar_words.js";
import { names } from "./names.js";
import { PairList } from "./pair_list.js";
import { pairTable } from "./pair_table.js";

export class BatchComparison {
  #shown = "";

  constructor() {
    this.back = create("nav", { attributes: { "aria-label": "From the comparison" } });
    this.title = create("h1", { attributes: { tabindex: -1, dir: "auto" } });
    this.about = create("p", { classes: "quiet" });
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.words = create("div", { classes: "mcnemar" });
    this.table = create("div", {});
    this.body = create("div", { classes: "batch-comparison" });
    this.element = create("div", {}, this.back, this.told, this.title, this.about, this.body);
  }

  /** Read and show a batch beside another; whether that may still change. */
  async look(batch, against, present) {
    const wanted = `${batch}/${against}`;
    if (wanted !== this.#shown) this.#begin(wanted, batch);
    try {
      const path = `batches/${encodeURIComponent(batch)}/against/${encodeURIComponent(against)}`;
      const compared = await read(path);
      if (present()) this.#show(compared);
      return [compared.batch, compared.other].some(({ status }) => status !== "done");
    } catch (error) {
      if (present()) this.#refused(error);
      return !error.status;
    }
  }

  #begin(wanted, batch) {
    this.#shown = wanted;
    this.back.replaceChildren(batchLink({ batch }, "← Back to the batch"));
    this.lists = { only_this: new PairList(), only_other: new PairList(), both: new PairList(0), neither: new PairList(0) };
    this.body.replaceChildren(this.words, this.table, ...Object.values(this.lists).map(({ element }) => element));
    setText(this.told, "Loading …");
    for (const part of [this.title, this.about, this.body]) show(part, false);
    show(this.told, true);
  }

  #show(compared) {
    const { batch, other, shared } = compared;
    const first = this.title.hidden;
    const called = names([batch, other]);
    entitle(called.join(" and "), "Batches");
    setText(this.title, `${batch.title}: ${called.join(" and ")}`);
    setText(this.about, `${count(shared, "judged question")} that both are done with`);
    refill(this.words, ...[outcome(compared, called), difference(compared, called), chance(compared)].filter(Boolean).map((words) => create("p", {}, words)));
    refill(this.table, pairTable(compared, called, (which) => this.lists[which].open()));
    const titles = { only_this: `Only ${called[0]} is right`, only_other: `Only ${called[1]} is right`, both: "Both are right", neither: "Neither is right" };
    for (const [which, list] of Object.entries(this.lists)) list.update(titles[which], compared[which], called);
    for (const part of [this.title, this.about, this.body]) show(part, true);
    show(this.table, shared > 0);
    show(this.told, false);
    if (first) this.title.focus({ preventScroll: true });
  }

  #refused(error) {
    setText(this.told, error.status ? error.message : "Connection lost, trying again …");
    show(this.told, true);
  }
}
