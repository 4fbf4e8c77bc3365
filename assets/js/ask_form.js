// The form of the Ask page: open while there is no run to look at, folded to one button while there is.

import { onChange, parameter } from "./page/address.js";
import { create, mark, show } from "./page/dom.js";
import { bindKeys } from "./page/keys.js";
import { may } from "./page/session.js";

const FIELDS = ".ask-fields";
const QUESTION = "#question textarea";

class AskForm {
  #run; // the run that is shown beside the form; null: none is

  /** The form is open while `element` is marked so: a style sheet sees to it. */
  constructor(element) {
    this.element = element;
    this.another = create("button", { classes: "button", attributes: { type: "button", "data-needs": "owner" }, on: { click: () => this.enter() } }, "Ask another question");
    element.append(this.another);
    onChange(() => this.#follow());
    document.addEventListener("keydown", (event) => this.#pressed(event));
    bindKeys({ keys: ["/"], does: "go to the question", act: () => this.enter() });
    this.#follow();
    this.#closeToReaders();
  }

  enter() {
    this.#open(true);
    document.querySelector(QUESTION).focus();
  }

  /** Fold the form away when another run is shown; one that was opened beside the same run stays open. */
  #follow() {
    const run = parameter("run");
    if (run === this.#run) return;
    this.#run = run;
    this.#open(run === null);
  }

  #open(open) {
    mark(this.element, "open", open ? "" : null);
    show(this.another, !open);
  }

  /** Who may ask nothing sees the form, and why it cannot be used. */
  async #closeToReaders() {
    if (await may("owner")) return;
    const fields = document.querySelector(FIELDS);
    fields.inert = true;
    fields.before(create("p", { classes: "ours reading", attributes: { role: "note" } }, "You can read every run, but only an owner asks questions."));
  }

  #pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches(QUESTION)) return;
    event.preventDefault();
    document.getElementById("ask").click();
  }
}

export function attach(element) {
  new AskForm(element);
}
