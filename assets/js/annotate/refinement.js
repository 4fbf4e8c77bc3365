// What the criticised expert wrote next: folded, as what changed or as a text.

import { create, setText, show } from "../page/dom.js";
import { get } from "../page/read.js";
import { answered } from "./answered.js";

const TAGS = { kept: "span", removed: "del", added: "ins" };

export class Refinement {
  #asked = false;

  /** Of the item with that id. */
  constructor(item, { target, refined, shown }) {
    this.item = item;
    this.changes = create("div", { classes: "changes", attributes: { dir: "auto" } });
    this.text = create("div", { classes: "passage-plain", attributes: { dir: "auto" } }, refined.text);
    this.toggle = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#show(this.changes.hidden) } });
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    const words = target ? ["What followed: ", ...answered(target), " → ", ...answered(refined)] : ["What followed: ", ...answered(refined)];
    this.element = create(
      "details",
      { classes: "refinement", on: { toggle: () => this.element.open && this.#ask() } },
      create("summary", {}, ...words),
      shown ? null : create("p", { classes: "quiet" }, "This critique was not among those shown to the expert who refined the answer."),
      this.toggle,
      this.problem,
      this.changes,
      this.text,
    );
    show(this.problem, false);
    this.#show(false);
    show(this.toggle, false);
  }

  turn() {
    this.element.open = !this.element.open;
  }

  async #ask() {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const changes = await get(`annotation/items/${this.item}/refinement`);
      this.changes.replaceChildren(...changes.map(({ operation, text }) => create(TAGS[operation], {}, text)));
      show(this.toggle, changes.length > 0);
      this.#show(changes.some(({ operation }) => operation !== "kept"));
      show(this.problem, false);
    } catch (error) {
      this.#asked = false;
      setText(this.problem, `What changed could not be read: ${error.status ? error.message : "the connection is lost."}`);
      show(this.problem, true);
    }
  }

  #show(changes) {
    show(this.changes, changes);
    show(this.text, !changes);
    setText(this.toggle, changes ? "Show the text" : "Show the changes");
  }
}
