// How the rows are read: what the tints mean, what is folded, and the way from difference to difference.

import { create, mark } from "../page/dom.js";

export class Tools {
  constructor(rows) {
    const button = (words, act, title) => create("button", { classes: "button", attributes: { type: "button", title }, on: { click: act } }, words);
    const turn = (words, key, pressed, act) => {
      const turned = button(words, () => {
        const on = turned.getAttribute("aria-pressed") !== "true";
        turned.setAttribute("aria-pressed", String(on));
        act(on);
      }, `Key: ${key}`);
      turned.setAttribute("aria-pressed", String(pressed));
      return turned;
    };
    this.equal = turn("Collapse what is equal", "e", false, (on) => rows.collapseEqual(on));
    this.together = turn("Scroll together", "s", true, (on) => rows.scrollTogether(on));
    const sample = (kind, words) => {
      const shown = create("span", { classes: "sample", attributes: { "aria-hidden": "true" } }, "abc");
      mark(shown, kind, kind === "share" ? 4 : "number");
      return create("li", {}, shown, words);
    };
    const only = create("li", {}, create("span", { classes: "sample", attributes: { "aria-hidden": "true", "data-share": "0" } }, "abc"), "only here");
    this.element = create(
      "div",
      { classes: "compare-tools", attributes: { role: "group", "aria-label": "Reading" } },
      create("ul", { classes: "legend quiet", attributes: { "aria-label": "How sentences are marked" } }, sample("share", "the others say it too"), only, sample("contradiction", "contradicts another")),
      create(
        "div",
        { classes: "chips" },
        button("‹ Difference", () => rows.toDifference(-1), "Key: p"),
        button("Difference ›", () => rows.toDifference(1), "Key: n"),
        this.equal,
        this.together,
      ),
    );
  }
}
