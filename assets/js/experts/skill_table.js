// The heat map as a table: skills down, experts across, in the order in which the server found them alike.

import { colour } from "../page/colour.js";
import { create, mark, show } from "../page/dom.js";
import { tile } from "./tile.js";

const AT_ONCE = 150; // rows that are shown without being asked for more

export class SkillTable {
  #open;
  #rows = [];
  #current = -1;
  #pending = [];

  constructor(open) {
    this.#open = open;
    this.head = create("tr");
    this.body = create("tbody");
    this.table = create(
      "table",
      { classes: "heat-map" },
      create("caption", { classes: "unseen" }, "Right answers of the questions that need a skill, by expert"),
      create("thead", {}, this.head),
      this.body,
    );
    this.more = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#showMore() } }, "Show more skills");
    this.element = create("div", {}, create("div", { classes: "scrolling", attributes: { tabindex: 0, role: "group", "aria-label": "Heat map of skills and experts" } }, this.table), this.more);
  }

  /** Show skills; `most` is the most questions any skill has, by which the tiles are measured. */
  show(experts, skills, most) {
    const names = experts.map((expert) => {
      const name = create("span", { classes: "who" }, expert.title);
      colour(name, expert.place);
      return create("th", { attributes: { scope: "col" } }, name);
    });
    const corner = ["Skill", "Questions"].map((title) => create("th", { attributes: { scope: "col" }, classes: title.toLowerCase() }, create("span", {}, title)));
    this.head.replaceChildren(...corner, ...names);
    mark(this.table, "wide", experts.length > 6 ? "" : null);
    show(this.table, skills.length > 0);
    this.body.replaceChildren();
    this.#rows = [];
    this.#current = -1;
    this.#pending = skills.map((skill) => () => this.#row(skill, experts, most));
    this.#showMore();
  }

  #showMore() {
    const made = this.#pending.splice(0, AT_ONCE).map((make) => make());
    this.#rows.push(...made);
    this.body.append(...made.map((row) => row.element));
    show(this.more, this.#pending.length > 0);
  }

  #row({ skill, questions, scores }, experts, most) {
    const button = create("button", { classes: "skill", attributes: { type: "button", dir: "auto" }, on: { click: () => this.#open(skill), focus: () => this.#attend(skill) } }, skill);
    const cells = scores.map(([right, answered], column) => create("td", {}, tile(right, answered, most, experts[column].title)));
    const element = create("tr", {}, create("th", { attributes: { scope: "row" } }, button), create("td", { classes: "questions" }, questions.toLocaleString("en-GB")), ...cells);
    element.addEventListener("click", (event) => event.target.closest("button") || this.#open(skill));
    return { skill, button, element };
  }

  #attend(skill) {
    this.#current = this.#rows.findIndex((row) => row.skill === skill);
  }

  /** Mark the skill whose questions are open, or none. */
  choose(skill) {
    for (const row of this.#rows) {
      const chosen = row.skill === skill;
      mark(row.element, "chosen", chosen ? "" : null);
      row.button.setAttribute("aria-expanded", chosen);
      if (chosen) this.#attend(skill);
    }
  }

  /** Give the focus to the row `step` further on; its skill, undefined where there is none. */
  move(step) {
    const last = this.#rows.length - 1;
    if (last < 0) return undefined;
    if (this.#current + step > last && this.#pending.length) this.#showMore();
    this.#current = Math.max(0, Math.min(this.#rows.length - 1, this.#current < 0 ? 0 : this.#current + step));
    this.focus();
    return this.#rows[this.#current].skill;
  }

  /** Open the row that was last attended to, else the first. */
  open() {
    const row = this.#rows[Math.max(0, this.#current)];
    if (row) this.#open(row.skill);
  }

  focus() {
    this.#rows[this.#current]?.button.focus();
  }
}
