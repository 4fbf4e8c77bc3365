// One round of MAgICoRe: each solution with the reviewer's feedback on it and what the refiner made of both, which of all
// solutions go on, and whether the question is still hard.

import { create, Keyed, setText, show } from "../page/dom.js";
import { ChainRow } from "./chain_row.js";
import { DifficultyView } from "./difficulty_view.js";
import { KeptSolutions } from "./kept_solutions.js";
import { scoringOf } from "./scoring.js";
import { Section } from "./section.js";

const FIRST = 12; // chains that are shown until the reader wants all of them

export class RoundSection extends Section {
  #all = false; // whether all chains are shown

  constructor(round) {
    super(`Round ${round}: reviewed and refined`);
    this.round = round;
    this.unfold = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#unfoldAll() } });
    this.list = create("div", { classes: "chains", on: { reveal: (event) => this.#reveal(event.target) } });
    this.more = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#showAll() } });
    this.kept = new KeptSolutions();
    this.difficulty = new DifficultyView();
    this.element.firstElementChild.append(this.unfold);
    this.element.append(this.list, this.more, this.kept.element, this.difficulty.element);
    this.rows = new Keyed(this.list, () => new ChainRow(() => this.#nameUnfold()));
  }

  update(record) {
    const reviews = record.callsOf("review", this.round);
    const refinements = record.callsOf("refine", this.round);
    const chains = [...new Set([...reviews, ...refinements].map(({ target }) => target))].map((target) => ({
      solution: record.calls.get(target),
      review: reviews.find((call) => call.target === target),
      refined: refinements.find((call) => call.target === target),
    }));
    this.rows.update(chains.filter(({ solution }) => solution), ({ solution }) => solution.name, (row, chain) => row.update(record, chain));
    this.say(scoringOf(record, "refine", this.round));
    this.kept.update(record, this.round);
    this.difficulty.update(record, this.round);
    this.#narrow();
    this.#nameUnfold();
  }

  #narrow() {
    const rows = [...this.rows.parts.values()];
    rows.forEach(({ element }, place) => show(element, this.#all || place < FIRST));
    show(this.more, !this.#all && rows.length > FIRST);
    setText(this.more, `Show all ${rows.length} solutions of this round`);
  }

  #showAll() {
    this.#all = true;
    this.#narrow();
    this.#nameUnfold();
  }

  #reveal(element) {
    this.#showAll();
    [...this.rows.parts.values()].find((row) => row.element.contains(element))?.reveal();
  }

  #nameUnfold() {
    setText(this.unfold, this.#anyFolded() ? "Unfold all" : "Fold all");
  }

  #anyFolded() {
    return this.#shown().some(({ element }) => !element.open);
  }

  #unfoldAll() {
    const open = this.#anyFolded();
    for (const row of this.#shown()) row.element.open = open;
  }

  #shown() {
    return [...this.rows.parts.values()].filter(({ element }) => !element.hidden);
  }
}
