// Every run that was kept: search, filters, a table that is quick to read, and links to open one.

import { go, onChange, parameter } from "./page/address.js";
import { create, setText, show } from "./page/dom.js";
import { read } from "./page/read.js";
import { TraceRow } from "./traces/trace_row.js";

const STATUSES = ["running", "done", "stopped", "failed", "interrupted"];
const AFTER_TYPING = 200; // milliseconds without a key before a search begins
const REFRESH = 2_000; // milliseconds between two looks at runs that go on
const COLUMNS = ["When", "Question", "Protocol", "Experts", "Status", "Answer", "Tokens", "Time"];

class TracesList {
  constructor(element, { protocols, pool, experts }) {
    this.present = { pool, experts };
    this.search = create("input", {
      classes: "search",
      attributes: { type: "search", placeholder: "Search questions, answers and critiques", "aria-label": "Search all text" },
      on: { input: () => this.#soon() },
    });
    this.status = choice("Any status", STATUSES.map((name) => ({ name, title: name })), () => this.#narrow());
    this.protocol = choice("Any protocol", protocols, () => this.#narrow());
    this.status.setAttribute("aria-label", "Status");
    this.protocol.setAttribute("aria-label", "Protocol");
    this.told = create("p", { classes: "quiet told", attributes: { role: "status" } });
    this.rows = create("tbody");
    const head = COLUMNS.map((title) => create("th", { attributes: { scope: "col" } }, title));
    this.table = create("table", { classes: "traces-table" }, create("thead", {}, create("tr", {}, ...head)), this.rows);
    this.more = create("button", { classes: "more", attributes: { type: "button" }, on: { click: () => this.#load(this.next) } }, "More");
    this.back = create("a", { classes: "back", attributes: { href: "traces" }, on: { click: (event) => this.#close(event) } }, "← All traces");
    this.list = create(
      "div",
      {},
      create("h1", {}, "Traces"),
      create("div", { classes: "filters", attributes: { role: "search" } }, this.search, this.status, this.protocol),
      this.told,
      this.table,
      this.more,
    );
    element.append(this.back, this.list);
    onChange(() => this.#open());
    this.#open();
  }

  #open() {
    const opened = Boolean(parameter("run"));
    show(this.back, opened);
    show(this.list, !opened);
    clearTimeout(this.timer);
    if (opened) return;
    this.search.value = parameter("text") ?? "";
    this.status.value = parameter("status") ?? "";
    this.protocol.value = parameter("protocol") ?? "";
    this.#load();
  }

  #close(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ run: null });
  }

  #soon() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.#narrow(), AFTER_TYPING);
  }

  #narrow() {
    go({ text: this.search.value.trim(), status: this.status.value, protocol: this.protocol.value }, { replace: true });
  }

  #query(before) {
    const query = new URLSearchParams();
    const wanted = { text: parameter("text"), status: parameter("status"), protocol: parameter("protocol"), before };
    for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
    return query;
  }

  /** Load the page of runs before `before`, or the first one anew; an answer that was overtaken is dropped. */
  async #load(before = null) {
    const asked = (this.asked = Symbol());
    try {
      const page = await read(`runs?${this.#query(before)}`);
      if (asked !== this.asked) return;
      const rows = page.runs.map((run) => new TraceRow(run, this.present));
      this.shown = before ? [...this.shown, ...rows] : rows;
      this.rows.replaceChildren(...this.shown.map((row) => row.element));
      this.next = page.next;
      this.#tell();
      this.#watch();
    } catch (error) {
      if (asked !== this.asked) return;
      setText(this.told, error.status ? error.message : "Connection lost, trying again …");
      this.timer = setTimeout(() => this.#load(before), REFRESH);
    }
  }

  #tell() {
    const narrowed = this.#query().size > 0;
    const nothing = narrowed ? "No run matches. Try fewer words or another filter." : "No run yet: pose a question on the page Ask.";
    setText(this.told, this.shown.length ? "" : nothing);
    show(this.told, !this.shown.length);
    show(this.table, this.shown.length > 0);
    show(this.more, Boolean(this.next));
  }

  /** While a run on the list goes on, look again; only the rows that changed are touched. */
  #watch() {
    clearTimeout(this.timer);
    if (!this.shown.some((row) => row.run.status === "running")) return;
    this.timer = setTimeout(async () => {
      const asked = this.asked;
      const page = await read(`runs?${this.#query()}`).catch(() => null);
      if (asked !== this.asked || parameter("run")) return;
      for (const run of page?.runs ?? []) this.shown.find((row) => row.run.id === run.id)?.update(run);
      this.#watch();
    }, REFRESH);
  }
}

function choice(any, options, changed) {
  const items = [{ name: "", title: any }, ...options].map(({ name, title }) => create("option", { attributes: { value: name } }, title));
  return create("select", { on: { change: changed } }, ...items);
}

export function attach(element, { props }) {
  new TracesList(element, props.value);
}
