// What stands over a run that was opened from the list: the way back, and to its neighbours there.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";

export class OpenedBar {
  /** `move(step)` opens the run that is `step` rows further down. */
  constructor(move) {
    this.title = create("h1", { classes: "unseen", attributes: { tabindex: "-1" } }, "A run");
    this.back = create("a", { classes: "back", on: { click: (event) => plain(event, back) } }, "← All traces");
    this.previous = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => move(-1) } }, "‹ Previous");
    this.place = create("span", { classes: "quiet numbers" });
    this.next = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => move(1) } }, "Next ›");
    this.neighbours = create("span", { classes: "neighbours" }, this.previous, this.place, this.next);
    this.element = create("nav", { classes: "opened-bar", attributes: { "aria-label": "From the list of traces" } }, this.title, this.back, this.neighbours);
  }

  /** The opened run is number `place` of `shown` on the list, and `more` may follow; 0 where it is not on it. */
  update(place, shown, more) {
    const list = new URL(location.href);
    for (const name of ["run", "replay"]) list.searchParams.delete(name);
    this.back.href = list.href;
    this.previous.disabled = place <= 1;
    this.next.disabled = place === shown && !more;
    setText(this.place, `${place} of ${shown}${more ? "+" : ""}`);
    show(this.neighbours, place > 0);
  }
}

/** Return to the list. */
export function back() {
  go({ run: null, replay: null });
}

/** Act in place; with a modifier key the browser opens the link as it always does. */
function plain(event, act) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  act();
}
