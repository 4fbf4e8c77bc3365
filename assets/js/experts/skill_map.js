// Skill by skill, what each expert has right: the heat map with its search, and the questions behind one skill.

import { go, parameter } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { bindKeys } from "../page/keys.js";
import { get } from "../page/read.js";
import { Legend } from "./legend.js";
import { SkillQuestions } from "./skill_questions.js";
import { SkillTable } from "./skill_table.js";

const LEASTS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000];

export class SkillMap {
  #maps = new Map(); // by least number of questions, of the pool and profile shown
  #of = "";
  #pool = "";
  #least = null;
  #profiled = false;

  constructor() {
    this.search = create("input", {
      classes: "field search",
      attributes: { type: "search", placeholder: "Search skills", "aria-label": "Search skills" },
      on: { input: () => this.#narrow(), keydown: (event) => this.#intoTable(event) },
    });
    this.least = create("select", { classes: "field", attributes: { "aria-label": "Questions, at least" }, on: { change: () => this.#demand(Number(this.least.value)) } });
    this.legend = new Legend();
    this.told = create("p", { classes: "quiet", attributes: { role: "status" } });
    this.table = new SkillTable((skill) => this.#open(skill));
    this.questions = new SkillQuestions({ close: () => this.#close(), turnTo: (skill) => go({ skill }) });
    this.controls = create(
      "div",
      { classes: "controls", attributes: { role: "search" } },
      this.search,
      create("label", {}, create("span", { classes: "quiet" }, "Questions, at least"), this.least),
      this.told,
    );
    this.body = create("div", { classes: "skill-body" }, create("div", { classes: "skill-side" }, this.table.element), this.questions.element);
    this.element = create("section", { classes: "skill-map", attributes: { "aria-labelledby": "skill-map-title" } },
      create("h2", { attributes: { id: "skill-map-title" } }, "Who is good at what"),
      create("p", { classes: "quiet" }, "Right answers of the validation questions that need a skill; choose one to see them."), this.controls, this.legend.element, this.body);
    this.#bind();
  }

  #bind() {
    const there = () => this.#profiled && this.element.isConnected;
    bindKeys(
      { keys: ["/"], does: "search skills", when: there, act: () => this.search.focus() },
      { keys: ["j"], does: "next skill", when: there, act: () => this.#move(1) },
      { keys: ["k"], does: "previous skill", when: there, act: () => this.#move(-1) },
      { keys: ["Enter"], does: "open the skill's questions", when: there, act: () => this.table.open() },
      { keys: ["Escape"], does: "close the questions", when: () => Boolean(parameter("skill")), act: () => this.#close() },
    );
  }

  /** Show the map of the pool and profile that are looked at. */
  update({ pool, profile }) {
    const of = JSON.stringify([pool, profile?.name, profile?.made, profile?.questions]);
    if (of === this.#of) return;
    this.#of = of;
    this.#pool = pool;
    this.#least = null;
    this.#maps.clear();
    this.#profiled = Boolean(profile);
    show(this.element, this.#profiled);
    if (this.#profiled) this.#narrow();
  }

  /** The address names another skill, or none. */
  turn() {
    const skill = this.#profiled ? parameter("skill") : null;
    this.table.choose(skill);
    if (skill) this.questions.open(this.#pool, skill, this.#of);
    else this.questions.close();
    this.body.toggleAttribute("data-opened", Boolean(skill));
  }

  #demand(least) {
    this.#least = least;
    this.#narrow();
  }

  /** Show the skills that are searched for among all, else those with enough questions. */
  async #narrow() {
    const of = this.#of;
    const words = this.search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    try {
      const map = await this.#map(words.length ? 1 : this.#least);
      if (of !== this.#of) return;
      this.#least ??= map.least;
      this.#offer(map);
      const skills = map.skills.filter(({ skill }) => words.every((word) => skill.toLowerCase().includes(word)));
      this.table.show(map.experts, skills, map.most);
      this.legend.show(map.most);
      setText(this.told, skills.length ? `${skills.length} of ${count(map.all, "skill")}` : `No skill has ${words.join(" and ")} in its name.`);
      this.turn();
    } catch (error) {
      if (of !== this.#of) return;
      setText(this.told, error.status ? error.message : "Connection lost, trying again …");
      this.#of = ""; // the next look at the pool asks for the map again
    }
  }

  async #map(least) {
    if (least === null || !this.#maps.has(least)) {
      const query = new URLSearchParams({ pool: this.#pool, ...(least && { least }) });
      const map = await get(`engine/skills?${query}`);
      this.#maps.set(map.least, map);
      return map;
    }
    return this.#maps.get(least);
  }

  #offer({ most }) {
    const offered = [...new Set([...LEASTS.filter((least) => least <= most), this.#least])].sort((a, b) => a - b);
    if (offered.length !== this.least.options.length) {
      this.least.replaceChildren(...offered.map((value) => create("option", { attributes: { value } }, String(value))));
    }
    this.least.value = this.#least;
    this.least.disabled = Boolean(this.search.value.trim());
  }

  /** Another row has the focus; where questions are open, its questions are. */
  #move(step) {
    const skill = this.table.move(step);
    if (skill && parameter("skill")) go({ skill }, { replace: true });
  }

  #intoTable(event) {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    this.table.move(0);
  }

  #open(skill) {
    go({ skill });
    this.questions.focus();
  }

  #close() {
    go({ skill: null });
    this.table.focus();
  }
}
