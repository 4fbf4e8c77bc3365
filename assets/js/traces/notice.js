// A line at the foot of the page that says what was done, with a button where it can be undone.

import { create, show } from "../page/dom.js";

const SHOWN = 30_000; // milliseconds; longer while the reader is at it

class Notice {
  #timer = null;

  constructor() {
    this.words = create("span");
    this.button = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#act() } });
    this.close = create("button", { classes: "link", attributes: { type: "button", "aria-label": "Dismiss" }, on: { click: () => this.hide() } }, "×");
    const stay = () => clearTimeout(this.#timer);
    const leave = () => this.#soon();
    this.box = create("div", { classes: "notice", on: { pointerenter: stay, focusin: stay, pointerleave: leave, focusout: leave } }, this.words, this.button, this.close);
    this.element = create("div", { classes: "ours notices-foot", attributes: { role: "status" } }, this.box);
    this.hide();
  }

  /** Say `words`; `button` names what `act()` does, if anything can be done. */
  say(words, button = "", act = null) {
    this.act = act;
    if (!this.element.isConnected) document.querySelector(".gradio-container").append(this.element);
    this.words.textContent = words;
    this.button.textContent = button;
    show(this.button, Boolean(act));
    show(this.box, true);
    this.#soon();
  }

  hide() {
    clearTimeout(this.#timer);
    show(this.box, false);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), SHOWN);
  }

  #act() {
    this.hide();
    this.act();
  }
}

/** The page's one notice. */
export const notice = new Notice();
