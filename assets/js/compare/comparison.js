// One comparison: what the columns come to, who changed whose mind, and the rows under the columns' heads.

import { at } from "../page/address.js";
import { create, mark, show } from "../page/dom.js";
import { row } from "../page/format.js";
import { MOST, query, setColumns } from "./columns.js";
import { ColumnHeads } from "./column_heads.js";
import { distinct, openRuns } from "./column_titles.js";
import { MindPlot } from "./mind_plot.js";
import { PickDialog } from "./pick_dialog.js";
import { questionsView } from "./questions_view.js";
import { Rows } from "./rows.js";
import { summaryTable } from "./summary_table.js";
import { Tools } from "./tools.js";

export class Comparison {
  /** `compared`: what `record/compare` answers. */
  constructor(compared) {
    const columns = distinct(compared);
    this.compared = { ...compared, columns };
    const names = columns.map(({ name }) => name);
    this.title = row(...new Set(columns.map(({ title }) => title)));
    this.head = new ColumnHeads(columns, { pick: (place) => this.#pick(place) });
    this.rows = new Rows(this.compared, this.head);
    this.tools = new Tools(this.rows);
    this.plot = new MindPlot(columns);
    const add = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#pick(columns.length) } }, "Add column");
    const save = create("a", { classes: "button", attributes: { href: at(`record/compare/page?${query(names)}`), download: "" } }, "Export page");
    show(add, columns.length < MOST);
    this.element = create(
      "div",
      { classes: "comparison" },
      create("div", { classes: "compare-title" }, create("h1", {}, "Compare"), create("div", { classes: "chips" }, add, save)),
      questionsView(this.compared),
      create("div", { classes: "compare-overview" }, summaryTable(columns), this.plot.element),
      this.tools.element,
      this.head.element,
      this.rows.element,
    );
    this.element.style.setProperty("--columns", columns.length);
    mark(this.element, "columns", columns.length);
    this.resized = new ResizeObserver(() => this.element.style.setProperty("--head", `${this.head.element.offsetHeight}px`));
  }

  /** Make the rows and begin to load what is near, once it stands on the page. */
  async open() {
    this.resized.observe(this.head.element);
    await this.rows.open();
  }

  close() {
    this.resized.disconnect();
    this.plot.close();
    this.rows.close();
  }

  /** Let the reader choose what stands in the column at `place`. */
  #pick(place) {
    const { columns } = this.compared;
    const names = columns.map(({ name }) => name);
    const replaced = columns[place] ?? null;
    new PickDialog({
      words: replaced ? `In the place of ${replaced.title}` : "Add a column",
      taken: names,
      open: openRuns(this.compared),
      question: columns[0].question,
      picked: (name) => setColumns(names.toSpliced(place, 1, name)),
    }).open();
  }
}
