// The other batches that posed the same questions: what their answers cost, how many are right, and the way to compare.

import { create, mark, refill, show } from "../page/dom.js";
import { CostPlot } from "./cost_plot.js";
import { batchLink } from "./links.js";
import { names } from "./names.js";
import { accuracyBar } from "./accuracy_bar.js";
import { mean, place } from "./words.js";

const COLUMNS = ["batch", "accuracy", "tokens", "calls", "seconds", "shared questions", ""];

export class PeerTable {
  constructor() {
    this.plot = new CostPlot();
    this.body = create("tbody");
    const head = create("tr", {}, ...COLUMNS.map((column) => (column ? create("th", { attributes: { scope: "col" } }, column) : create("td"))));
    this.element = create(
      "section",
      {},
      create("h2", {}, "Cost and accuracy"),
      create("p", { classes: "quiet" }, "Batches that posed the same questions, or a part of them; costs are means of a question: tokens read and written, calls and scorings."),
      this.plot.element,
      create("div", { classes: "scrolling", attributes: { tabindex: 0, role: "group", "aria-label": "Batches with the same questions" } }, create("table", { classes: "parts peers" }, create("thead", {}, head), this.body)),
    );
  }

  update({ batch, figures, peers }) {
    show(this.element, peers.length > 0);
    if (!peers.length) return;
    const own = { batch, figures, shared: figures.done, same: true, own: true };
    const called = names([batch, ...peers.map((peer) => peer.batch)]);
    const named = [own, ...peers].map((peer, n) => ({ ...peer, name: called[n] }));
    refill(this.body, ...named.map((peer) => row(batch.id, peer)));
    this.plot.update(named.filter(({ same }) => same));
  }
}

function row(id, { name, batch, figures, shared, own }) {
  const named = own ? create("b", {}, name) : batchLink({ batch: batch.id }, name);
  const against = own ? null : batchLink({ batch: id, against: batch.id }, "Compare");
  against?.setAttribute("aria-label", `Compare with ${name}, ${place(batch)}`);
  const shown = create(
    "tr",
    {},
    create("th", { attributes: { scope: "row" } }, named, create("span", { classes: "quiet" }, own ? "this batch" : place(batch))),
    create("td", {}, accuracyBar(figures.accuracy)),
    ...[figures.tokens, figures.calls, figures.seconds].map((value) => create("td", { classes: "number" }, mean(value))),
    create("td", { classes: "number" }, own ? "" : shared.toLocaleString("en-GB")),
    create("td", {}, against),
  );
  mark(shown, "own", own ? "" : null);
  return shown;
}
