// What changed from one call's text to another's, marked in the text. It stands in the text's place unless the reader wants that.

import { create, label, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";

const TAGS = { kept: "span", removed: "del", added: "ins" };

export class Changes {
  #asked = false;
  #found = false; // whether the changes have come, and there are some
  #wanted = true; // whether the reader wants to see them
  #shown = () => {}; // shows what is to be shown now

  /** `text`: the CallText of the later call. */
  constructor(text) {
    this.text = text;
    this.element = create("div", { classes: "changes", attributes: { tabindex: "0", role: "group", dir: "auto" } });
    this.toggle = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#toggle() } });
  }

  /** Show the changes from `before` to `after`, if they are `comparable`; `words` name them. */
  update(record, before, after, { comparable, words }) {
    if (comparable && !this.#asked) this.#compare(record, before, after, words);
    this.#shown = () => {
      const shown = comparable && this.#found && this.#wanted;
      show(this.element, shown);
      show(this.text.element, !shown && (Boolean(after.text) || !after.over));
      show(this.toggle, comparable && this.#found);
      setText(this.toggle, this.#wanted ? "Show the text" : "Show the changes");
    };
    this.#shown();
  }

  async #compare(record, before, after, words) {
    this.#asked = true;
    const names = new URLSearchParams({ before: before.name, after: after.name });
    let changes;
    try {
      changes = await read(`runs/${encodeURIComponent(record.run)}/changes?${names}`);
    } catch {
      this.#asked = false; // the text stands there; the next update asks again
      return;
    }
    this.element.replaceChildren(...changes.map(({ operation, text }) => create(TAGS[operation], {}, text)));
    label(this.element, words);
    this.#found = changes.some(({ operation }) => operation !== "kept");
    this.#shown();
  }

  #toggle() {
    this.#wanted = !this.#wanted;
    this.#shown();
  }
}
