// The tags of a run as chips, to add to and to take away.

import { create, mark } from "../page/dom.js";
import { TagField } from "../traces/tag_field.js";

export class TagsField {
  /** `changed(tags)` is called with the tags as the reader wants them. */
  constructor(changed) {
    this.changed = changed;
    this.list = create("ul", { classes: "chips", attributes: { "aria-label": "Tags" } });
    this.field = new TagField((tag) => this.changed([...new Set([...this.tags, tag])]));
    mark(this.field.element, "needs", "owner");
    this.element = create("div", { classes: "chips tags" }, this.list, this.field.element);
    this.show([]);
  }

  show(tags) {
    this.tags = tags;
    this.list.replaceChildren(...tags.map((tag) => this.#chip(tag)));
    this.list.hidden = !tags.length;
  }

  #chip(tag) {
    const remove = create("button", { classes: "remove", attributes: { type: "button", "data-needs": "owner", "aria-label": `Take away the tag ${tag}` }, on: { click: () => this.#remove(tag) } }, "×");
    return create("li", { classes: "tag" }, create("span", { attributes: { dir: "auto" } }, tag), remove);
  }

  #remove(tag) {
    this.changed(this.tags.filter((other) => other !== tag));
    this.field.input.focus();
  }
}
