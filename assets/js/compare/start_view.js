// What the page shows before there are two columns: how to get here, and the runs to choose from.

import { at } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { row } from "../page/format.js";
import { FEWEST, partsOf, setColumns } from "./columns.js";
import { Picker } from "./picker.js";

const SHORT = 70; // characters of a question

export class StartView {
  #columns = [];

  constructor() {
    this.words = create("p", {});
    this.chosen = create("ul", { classes: "chips", attributes: { "aria-label": "Chosen columns" } });
    this.picker = new Picker((name) => setColumns([...this.#columns, name]));
    this.element = create(
      "div",
      { classes: "compare-start" },
      create("h1", {}, "Compare"),
      this.words,
      create("p", { classes: "quiet" }, "Also from ", create("a", { classes: "link", attributes: { href: at("traces") } }, "Traces"), ": tick two to four runs and press c. On the page of a run: Compare experts."),
      this.chosen,
      this.picker.element,
    );
  }

  /** Show what is chosen so far, and what can be. */
  async update(columns) {
    this.#columns = columns;
    const missing = FEWEST - columns.length;
    setText(this.words, missing === FEWEST ? "Put two to four runs, or experts' traces, side by side. Choose the first:" : missing > 0 ? "Choose another one to put beside it:" : "Choose one to put beside these:");
    show(this.chosen, columns.length > 0);
    const chosen = await Promise.all(columns.map((name) => this.picker.know(partsOf(name).run).catch(() => null))); // a run that is unknown keeps its name
    if (columns !== this.#columns) return;
    this.chosen.replaceChildren(...columns.map((name) => this.#chip(name)));
    await this.picker.update({ taken: columns, open: [], question: chosen[0]?.question ?? null });
  }

  #chip(name) {
    const { run, expert } = partsOf(name);
    const found = this.picker.runs.get(run);
    const who = found?.experts.find(({ name: named }) => named === expert)?.title ?? expert;
    const words = row(who, (found?.question ?? run).slice(0, SHORT));
    const remove = create("button", { classes: "link", attributes: { type: "button", "aria-label": `Remove ${words}` }, on: { click: () => setColumns(this.#columns.filter((one) => one !== name)) } }, "×");
    return create("li", { classes: "tag" }, words, remove);
  }
}
