// Where the page is narrow, the columns of a row are a stack to swipe; all rows show the same column.

import { calm } from "../page/dom.js";

export class Swipe {
  #going = false; // whether the stack is moved by us
  #asleep = false; // whether the row is out of sight, and not laid out

  /** `stack`: an element that scrolls sideways and snaps to its children; `head`: the columns' heads. */
  constructor(stack, head) {
    this.stack = stack;
    this.head = head;
    this.follow = (place) => this.#go(place);
    head.listeners.add(this.follow);
    stack.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    stack.addEventListener("scrollend", () => {
      this.#going = false;
      this.#scrolled(); // the reader may have taken over on the way
    });
    this.resized = new ResizeObserver(() => this.#fit());
    this.resized.observe(stack);
  }

  /** The row is out of sight from now on, or it has come back. */
  sleep(asleep) {
    this.#asleep = asleep;
    this.#going = false;
    if (!asleep) this.#go(this.head.shown, true);
  }

  close() {
    this.head.listeners.delete(this.follow);
    this.resized.disconnect();
  }

  /** What scrolls can be scrolled by keyboard; what does not is no stop for Tab. */
  #fit() {
    const { stack } = this;
    if (stack.scrollWidth > stack.clientWidth) stack.setAttribute("tabindex", "0");
    else stack.removeAttribute("tabindex");
    if (this.head.shown) this.#go(this.head.shown, true);
  }

  #go(place, atOnce = false) {
    if (this.#asleep) return;
    const { stack } = this;
    const left = place * this.#step();
    if (stack.scrollWidth <= stack.clientWidth || Math.abs(stack.scrollLeft - left) < 2) return;
    this.#going = true;
    stack.scrollTo({ left, behavior: atOnce || calm() ? "instant" : "smooth" });
  }

  #scrolled() {
    const { stack } = this;
    if (this.#going || stack.scrollWidth <= stack.clientWidth) return;
    this.head.show(Math.round(stack.scrollLeft / this.#step()));
  }

  #step() {
    const [first, second] = this.stack.children;
    return second.offsetLeft - first.offsetLeft;
  }
}
