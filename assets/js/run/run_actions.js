// What a reader can do with a run: replay it, ask again, share and save it, and choose how its texts are shown.

import { at, go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { CompareExperts } from "./compare_experts.js";
import { CopyLink } from "./copy_link.js";
import { Menu } from "./menu.js";
import { renderedTexts } from "./rendered_texts.js";

export class RunActions {
  /** `textsChosen()` is called when the reader has chosen plain or rendered texts. */
  constructor(run, textsChosen) {
    const name = encodeURIComponent(run);
    this.replay = create("a", { classes: "link", attributes: { href: `?run=${name}&replay=1` }, on: { click: (event) => this.#replay(event) } }, "Replay");
    this.again = create("a", { classes: "link", attributes: { href: at(`?again=${name}`), "data-needs": "owner" } }, "Ask again");
    this.compare = new CompareExperts(run);
    this.annotate = create("a", { classes: "link", attributes: { href: at(`annotate?run=${name}`), "data-needs": "owner" } }, "Annotate its critiques");
    this.texts = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#turnTexts(textsChosen) } });
    this.element = create(
      "div",
      { classes: "run-actions" },
      this.replay,
      this.again,
      new CopyLink(at(`?run=${name}`)).element,
      new Menu("Export", [
        ["JSON Lines", at(`record/export?run=${name}`)],
        ["HTML page", at(`record/runs/${name}/page`)],
      ]).element,
      this.compare.element,
      this.annotate,
      this.texts,
    );
    this.#nameTexts();
  }

  update(record, replayed) {
    this.compare.update(record);
    show(this.annotate, !record.running && [...record.calls.values()].some(({ step }) => step === "critique"));
    show(this.replay, !record.running && !replayed);
  }

  #replay(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ replay: "1" });
  }

  #turnTexts(chosen) {
    renderedTexts.wanted = !renderedTexts.wanted;
    this.#nameTexts();
    chosen();
  }

  #nameTexts() {
    setText(this.texts, renderedTexts.wanted ? "Plain text" : "Rendered text");
  }
}
