// A field to type a tag into, which offers the tags there are already.

import { create } from "../page/dom.js";
import { facets } from "./facets.js";

let fields = 0;

export class TagField {
  /** `entered(tag)` is called with what the reader typed, without the space around it. */
  constructor(entered, placeholder = "Add a tag") {
    const id = `tags-known-${++fields}`;
    this.known = create("datalist", { attributes: { id } });
    this.input = create("input", {
      classes: "field",
      attributes: { list: id, placeholder, "aria-label": placeholder, autocomplete: "off", maxlength: 40, enterkeyhint: "done" },
      on: { focus: () => this.#offer(), keydown: (event) => event.key === "Enter" && this.enter(event) },
    });
    this.element = create("span", { classes: "tag-field" }, this.input, this.known);
    this.entered = entered;
  }

  enter(event) {
    event?.preventDefault();
    const tag = this.input.value.trim();
    if (!tag) return;
    this.input.value = "";
    this.entered(tag);
  }

  async #offer() {
    const { tags } = await facets().catch(() => ({ tags: [] }));
    this.known.replaceChildren(...tags.map((tag) => create("option", { attributes: { value: tag } })));
  }
}
