// The solutions that one expert sampled, each with its answer, its reward and the scores of its steps.

import { colour } from "../page/colour.js";
import { create, Keyed, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { DifficultyView } from "./difficulty_view.js";
import { scoringOf } from "./scoring.js";
import { Section } from "./section.js";
import { SolutionPanel } from "./solution_panel.js";

const MANY = 8; // solutions from which on each says less as long as it is folded

export class SolutionsSection extends Section {
  #record = null;
  #best = true; // whether the reader wants the best first

  constructor() {
    super("Solutions");
    this.expert = create("span", { classes: "who" });
    this.order = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#turn() } });
    this.judges = create("p", { classes: "quiet judges" });
    this.grid = create("div", { classes: "solutions", on: { reveal: (event) => this.panels.parts.get(event.target.dataset.call)?.reveal() } });
    this.difficulty = new DifficultyView();
    this.heading.after(this.expert);
    this.element.firstElementChild.append(this.order);
    this.element.append(this.judges, this.grid, this.difficulty.element);
    this.panels = new Keyed(this.grid, () => new SolutionPanel());
  }

  update(record) {
    this.#record = record;
    const calls = record.callsOf("reason");
    const expert = record.expert(calls[0]?.expert ?? "");
    colour(this.expert, expert.place);
    setText(this.expert, expert.title);
    const scoring = scoringOf(record, "reason", 1);
    this.say([calls.length ? count(calls.length, "sample") : "", scoring].filter(Boolean).join(" · "));
    setText(this.judges, record.rewards.judges);
    show(this.judges, Boolean(record.rewards.judges));
    this.grid.classList.toggle("many", calls.length > MANY);
    const ranked = this.#rank(calls);
    show(this.order, ranked !== null);
    setText(this.order, this.#best ? "Show in order" : "Show the best first");
    this.panels.update((this.#best && ranked) || calls, (call) => call.name, (panel, call) => panel.update(record, call));
    this.difficulty.update(record, 0);
  }

  /** The best first, once all that can be is scored: until then solutions would change places. */
  #rank(calls) {
    const { rewards } = this.#record;
    if (!rewards.solutions.size || (this.#record.running && !rewards.difficulties.has(0))) return null;
    const reward = (call) => rewards.solutions.get(call.name)?.reward ?? -1;
    return [...calls].sort((a, b) => reward(b) - reward(a));
  }

  #turn() {
    this.#best = !this.#best;
    this.update(this.#record);
  }
}
