// Two to four runs, or experts' traces, side by side, as the address names them; and picking them.

import { Comparison } from "./compare/comparison.js";
import { columnsInAddress, FEWEST, MOST, query } from "./compare/columns.js";
import { bindCompareKeys } from "./compare/compare_keys.js";
import { StartView } from "./compare/start_view.js";
import { onChange } from "./page/address.js";
import { create, setText, show } from "./page/dom.js";
import { read } from "./page/read.js";
import { entitle } from "./page/title.js";

const AGAIN = 2_000; // milliseconds until the next try after a lost connection

class CompareView {
  #shown = null; // the columns that the address named last
  #timer = null;

  constructor(element) {
    this.element = element;
    this.comparison = null;
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.start = new StartView();
    this.place = create("div");
    element.append(this.told, this.start.element, this.place);
    bindCompareKeys(this);
    onChange(() => this.#follow());
    this.#follow();
  }

  #follow() {
    const named = columnsInAddress();
    const columns = named.slice(0, MOST);
    const wanted = named.join(",");
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    clearTimeout(this.#timer);
    const few = columns.length < FEWEST;
    show(this.start.element, few);
    if (few) this.#begin(columns);
    else this.#load(columns, named.length > MOST ? `At most ${MOST} columns stand side by side: these are the first of ${named.length}.` : "");
  }

  #begin(columns) {
    entitle("Compare");
    this.#put(null);
    this.#say("");
    this.start.update(columns);
  }

  /** Show these columns, with `note` over them. */
  async #load(columns, note) {
    if (!this.comparison) this.#say("Loading …");
    const wanted = this.#shown;
    try {
      const compared = await read(`compare?${query(columns)}`);
      if (wanted !== this.#shown) return;
      this.#say(note);
      this.#put(new Comparison(compared));
    } catch (error) {
      if (wanted !== this.#shown) return;
      if (error.status) this.#refuse(error.message);
      else {
        this.#say("Connection lost, trying again …");
        this.#timer = setTimeout(() => this.#load(columns, note), AGAIN);
      }
    }
  }

  /** Say why the address cannot be shown, with a way to begin again. */
  #refuse(words) {
    this.#put(null);
    this.#say(words);
    show(this.start.element, true);
    this.start.update([]);
  }

  /** Put a comparison in the place of the one that stood there; the control that was used keeps the focus. */
  #put(comparison) {
    const used = this.comparison?.head.used ?? null;
    const scrolled = scrollY;
    const { height } = this.place.getBoundingClientRect();
    this.comparison?.close();
    this.comparison = comparison;
    this.place.replaceChildren(...(comparison ? [comparison.element] : []));
    if (!comparison) return;
    entitle(comparison.title, "Compare");
    this.place.style.minHeight = `${height}px`; // until all rows are there: what is read stays where it was
    comparison.open().then(() => {
      if (comparison === this.comparison) this.place.style.minHeight = "";
    });
    scrollTo(0, scrolled);
    if (used) comparison.head.focus(used);
  }

  #say(words) {
    setText(this.told, words);
    show(this.told, Boolean(words));
  }
}

export function attach(element) {
  new CompareView(element);
}
