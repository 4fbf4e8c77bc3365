// How a batch did by category, or by source.

import { create, refill, show } from "../page/dom.js";
import { runsLink } from "./links.js";
import { accuracyBar } from "./accuracy_bar.js";

export class PartTable {
  /** `criterion` is category or source. */
  constructor(title, criterion) {
    this.criterion = criterion;
    this.body = create("tbody");
    const columns = [title.replace("By ", ""), "accuracy", "right", "wrong", "of"];
    const head = create("tr", {}, ...columns.map((column) => create("th", { attributes: { scope: "col" } }, column)));
    this.element = create("section", {}, create("h2", {}, title), create("table", { classes: "parts" }, create("thead", {}, head), this.body));
  }

  update({ batch, categories, sources }) {
    const parts = { category: categories, source: sources }[this.criterion];
    show(this.element, parts.length > 1);
    refill(this.body, ...parts.map((part) => this.#row(batch.id, part)));
  }

  #row(batch, { name, wrong, accuracy }) {
    const { right, of } = accuracy;
    const words = name ?? `no ${this.criterion}`;
    const own = name === null ? { without: this.criterion } : { [this.criterion]: name };
    const link = (value, said, correct) => runsLink(value, { batch, ...own, correct }, `${said}, ${words}`);
    return create(
      "tr",
      {},
      create("th", { attributes: { scope: "row", dir: "auto" } }, words),
      create("td", {}, accuracyBar(accuracy)),
      create("td", { classes: "number" }, link(right, "right", "right")),
      create("td", { classes: "number" }, link(wrong, "wrong", "wrong")),
      create("td", { classes: "number" }, link(of, "questions", "judged")),
    );
  }
}
