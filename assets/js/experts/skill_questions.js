// The validation questions behind one skill, beside the map; a few at a time.

import { colour } from "../page/colour.js";
import { create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { get } from "../page/read.js";
import { ValidationQuestion } from "./validation_question.js";

export class SkillQuestions {
  #turnTo;
  #of = "";
  #asked = null;

  constructor({ close, turnTo }) {
    this.#turnTo = turnTo;
    this.title = create("h2", { attributes: { id: "skill-title", tabindex: -1, dir: "auto" } });
    this.leave = create("button", { classes: "button", attributes: { type: "button", "aria-label": "Close the questions" }, on: { click: close } }, "✕");
    this.standing = create("ul", { classes: "standing", attributes: { "aria-label": "Right answers by expert" } });
    this.told = create("p", { classes: "quiet", attributes: { role: "status" } });
    this.list = create("ol");
    this.more = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#load() } }, "More questions");
    this.element = create(
      "section",
      { classes: "skill-questions", attributes: { "aria-labelledby": "skill-title", hidden: true } },
      create("header", {}, this.title, this.leave),
      this.standing,
      this.told,
      this.list,
      this.more,
    );
  }

  /** Show the questions of a skill of a pool's profile; `of` tells one profile from another. */
  open(pool, skill, of) {
    show(this.element, true);
    const key = JSON.stringify([of, skill]);
    if (key === this.#of) return;
    this.#of = key;
    this.query = { pool, skill };
    setText(this.title, skill);
    this.list.replaceChildren();
    this.standing.replaceChildren();
    this.element.scrollTop = 0;
    this.#load();
  }

  close() {
    show(this.element, false);
    this.#of = "";
    this.#asked = null;
  }

  focus() {
    this.title.focus({ preventScroll: true });
  }

  /** Load the questions that come after those shown; an answer that was overtaken is dropped. */
  async #load() {
    const asked = (this.#asked = Symbol());
    const after = this.list.children.length;
    show(this.more, false);
    setText(this.told, after ? this.told.textContent : "Looking for its questions …");
    try {
      const found = await get(`engine/questions?${new URLSearchParams({ ...this.query, after })}`);
      if (asked !== this.#asked) return;
      const shown = found.questions.map((question) => new ValidationQuestion(question, found.experts, this.query.skill, this.#turnTo));
      this.list.append(...shown.map((question) => question.element));
      this.standing.replaceChildren(...found.experts.map(standing));
      setText(this.told, `${count(found.all, "validation question")}${found.all > this.list.children.length ? `, ${this.list.children.length} of them here` : ""}`);
      setText(this.more, "More questions");
      show(this.more, this.list.children.length < found.all);
    } catch (error) {
      if (asked !== this.#asked) return;
      setText(this.told, error.status ? error.message : "The connection is lost.");
      setText(this.more, "Try again");
      show(this.more, !error.status);
    }
  }
}

function standing({ title, place, right, answered }) {
  const shown = create("li", {}, create("span", { classes: "who" }, title), create("span", { classes: "numbers" }, answered ? `${right} of ${answered}` : "no answer"));
  colour(shown, place);
  return shown;
}
