// Where the page is narrow, the panels of a step are a stack to swipe: dots say which one is shown and lead to the others.

import { colour } from "../page/colour.js";
import { calm, create, Keyed, label } from "../page/dom.js";

export class Stack {
  #shown = 0;
  #experts = [];

  /** The controls of `panels`, an element that scrolls sideways and snaps to its children. */
  constructor(panels) {
    this.panels = panels;
    this.dots = create("div", { classes: "dots" });
    this.back = this.#arrow("‹", "Previous expert", -1);
    this.on = this.#arrow("›", "Next expert", 1);
    this.element = create("nav", { classes: "stack", attributes: { "aria-label": "Experts of this step" } }, this.back, this.dots, this.on);
    this.buttons = new Keyed(this.dots, ({ place }) => {
      const button = create("button", { attributes: { type: "button" }, on: { click: () => this.#go(place) } });
      return { element: button };
    });
    panels.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  /** `experts`: whose panels stand there, in order. */
  update(experts) {
    this.#experts = experts.map((expert, place) => ({ expert, place }));
    this.#tell();
  }

  #arrow(sign, words, by) {
    return create("button", { attributes: { type: "button", "aria-label": words }, on: { click: () => this.#go(this.#shown + by) } }, sign);
  }

  #tell() {
    const last = this.#experts.length - 1;
    this.#shown = Math.max(0, Math.min(last, this.#shown));
    this.element.hidden = last < 1;
    this.back.disabled = this.#shown <= 0;
    this.on.disabled = this.#shown >= last;
    this.buttons.update(this.#experts, ({ place }) => place, ({ element }, { expert, place }) => {
      colour(element, expert.place);
      label(element, `${expert.title}, ${place + 1} of ${last + 1}`);
      element.ariaCurrent = place === this.#shown ? "true" : null;
    });
  }

  #go(place) {
    const panel = this.panels.children[place];
    if (!panel) return;
    const left = panel.offsetLeft - this.panels.children[0].offsetLeft;
    this.panels.scrollTo({ left, behavior: calm() ? "auto" : "smooth" });
  }

  #scrolled() {
    const { scrollLeft, children } = this.panels;
    if (children.length < 2) return;
    const step = children[1].offsetLeft - children[0].offsetLeft;
    const shown = Math.round(scrollLeft / step);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tell();
  }
}
