// The items annotators disagree on most, each with what everyone said.

import { create, setText, show } from "../page/dom.js";
import { count, percent } from "../page/format.js";
import { get } from "../page/read.js";
import { annotateLink } from "./links.js";
import { annotatorName } from "./others_said.js";
import { verdictChip } from "./verdict_form.js";

const MOST = 50;

export class DisputedList {
  constructor() {
    this.told = create("p", { classes: "quiet" });
    this.list = create("ol", { classes: "disputed" });
    this.element = create("section", {}, create("h2", {}, "Most disputed"), this.told, this.list);
  }

  async look(queue, labels) {
    const { items } = await get(`annotation/queues/${encodeURIComponent(queue.id)}/disputed?limit=${MOST}`);
    setText(this.told, items.length ? "" : "Nobody disagrees with anybody so far.");
    show(this.told, !items.length);
    this.list.replaceChildren(...items.map((item) => this.#row(queue, item, labels)));
  }

  #row(queue, { item, label: words, disagreement, said, decided }, labels) {
    const link = annotateLink({ queue: queue.id, item: String(item), view: "decide" }, decided ? "Look at the decision" : "Decide");
    link.ariaLabel = `${link.textContent}: ${words}`;
    return create(
      "li",
      { attributes: { "data-item": item } },
      create("div", { classes: "disputed-head" }, create("span", { classes: "numbers" }, `${percent(disagreement)} disagree`), create("span", { classes: "quiet" }, words), decided ? create("span", { classes: "decided" }, "✓ decided") : null, link),
      create("ul", { classes: "said" }, ...said.map((one) => create("li", {}, annotatorName(one), " ", verdictChip(one.verdict, one.followed === null ? "" : one.followed ? " · followed" : " · not followed"), ...one.labels.flatMap((label) => [" ", labels.chip(label)]), one.spans ? create("span", { classes: "quiet" }, ` ${count(one.spans, "span")}`) : null, one.comment ? create("span", { classes: "quiet", attributes: { dir: "auto" } }, ` “${one.comment}”`) : null))),
    );
  }
}
