// What narrows the list: a search in all text, and a chip for each filter. The address says what is set.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { clearCriteria, criteria } from "./criteria.js";
import { DateChip } from "./date_chip.js";
import { when } from "./dates.js";
import { facets } from "./facets.js";
import { NoteChip } from "./note_chip.js";
import { SelectChip } from "./select_chip.js";

const AFTER_TYPING = 200; // milliseconds without a key before a search begins
const STATUSES = ["running", "done", "stopped", "failed", "interrupted"];
const JUDGED = [{ name: "right", title: "right" }, { name: "wrong", title: "wrong" }, { name: "unknown", title: "not judged" }];
const WITHOUT = ["answer", "source", "category"];
const NONE = { protocols: [], pools: [], experts: [], tags: [], batches: [], sources: [], categories: [] };

export class Filters {
  #facets = NONE;
  #typing = null;

  /** `entered()` is called when the reader ends the search with enter. */
  constructor(entered) {
    this.search = create("input", {
      classes: "field search",
      attributes: { type: "search", placeholder: "Search questions, documents, answers and critiques", "aria-label": "Search all text", autocomplete: "off" },
      on: { input: () => this.#soon(), keydown: (event) => event.key === "Enter" && this.#enter(entered) },
    });
    this.protocol = new SelectChip("protocol", "Protocol");
    this.pool = new SelectChip("pool", "Pool");
    this.expert = new SelectChip("expert", "Expert");
    this.status = new SelectChip("status", "Status");
    this.date = new DateChip();
    this.judged = new SelectChip("correct", "Answer", "Right or wrong");
    this.tag = new SelectChip("tag", "Tag");
    this.noted = new NoteChip();
    this.batch = new SelectChip("batch", "Batch");
    this.source = new SelectChip("source", "Source");
    this.category = new SelectChip("category", "Category");
    this.without = new SelectChip("without", "Without");
    this.rightBy = new SelectChip("right_by", "Answered right by");
    this.wrongBy = new SelectChip("wrong_by", "Answered wrong by");
    const usual = [this.date, this.protocol, this.pool, this.expert, this.status, this.judged, this.tag, this.noted];
    const chips = [...usual, this.batch, this.source, this.category, this.without, this.rightBy, this.wrongBy];
    this.unfold = create("button", { classes: "link unfold", attributes: { type: "button", "aria-expanded": "false" }, on: { click: () => this.#unfold() } }, "Filter …");
    this.clear = create("button", { classes: "link clear", attributes: { type: "button" }, on: { click: () => this.#clear() } }, "Clear all");
    this.chips = create("div", { classes: "chips filters", attributes: { role: "group", "aria-label": "Filters" } }, this.unfold, ...chips.map(({ element }) => element), this.clear);
    this.element = create("div", { attributes: { role: "search" } }, this.search, this.chips);
  }

  toSearch() {
    this.search.focus();
    this.search.select();
  }

  /** Show what the address has, and what there is to choose from. */
  show() {
    const set = criteria();
    // What is being typed is not in the address yet.
    if (this.#typing === null && this.search.value.trim() !== (set.text ?? "")) this.search.value = set.text ?? "";
    this.protocol.update(set.protocol, named(this.#facets.protocols));
    this.pool.update(set.pool, severalOf(named(this.#facets.pools)));
    this.expert.update(set.expert, this.#facets.experts);
    this.status.update(set.status, named(STATUSES));
    this.judged.update(set.correct, JUDGED);
    this.tag.update(set.tag, named(this.#facets.tags));
    this.date.show(set);
    this.noted.show(set);
    this.batch.update(set.batch, this.#facets.batches.map(batchTitled));
    this.source.update(set.source, severalOf(named(this.#facets.sources)));
    this.category.update(set.category, severalOf(named(this.#facets.categories)));
    this.without.update(set.without, set.without ? named(WITHOUT) : []);
    this.rightBy.update(set.right_by, set.right_by ? this.#facets.experts : []);
    this.wrongBy.update(set.wrong_by, set.wrong_by ? this.#facets.experts : []);
    show(this.clear, Object.keys(set).length > 0);
  }

  /** Ask what there is to choose from; without an answer the filters that are set can still be taken away. */
  async renew() {
    this.#facets = await facets().catch(() => this.#facets);
    this.show();
  }

  #soon() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#search(), AFTER_TYPING);
  }

  #enter(entered) {
    clearTimeout(this.#typing);
    this.#search();
    entered();
  }

  #search() {
    this.#typing = null;
    go({ text: this.search.value.trim() }, { replace: true });
  }

  #clear() {
    clearTimeout(this.#typing);
    this.#typing = null;
    clearCriteria();
    this.search.value = "";
    this.search.focus();
  }

  #unfold() {
    const unfolded = this.chips.toggleAttribute("data-unfolded");
    this.unfold.setAttribute("aria-expanded", String(unfolded));
    setText(this.unfold, unfolded ? "Fewer filters" : "Filter …");
  }
}

function named(names) {
  return names.map((name) => ({ name, title: name }));
}

function batchTitled({ id, title, protocol, created_at }) {
  return { name: id, title: `${title}, ${protocol}, ${when(created_at)}` };
}

/** A choice of one is none. */
function severalOf(options) {
  return options.length > 1 ? options : [];
}
