// A filter to choose from a list. Once it is set it reads as a chip that can be taken away.

import { go } from "../page/address.js";
import { create, mark, show } from "../page/dom.js";

export class SelectChip {
  /** `name` is the criterion, `label` what it is called, `none` what it reads while it is not set. */
  constructor(name, label, none = label) {
    this.name = name;
    this.none = none;
    this.select = create("select", { attributes: { "aria-label": label }, on: { change: () => this.chosen(this.select.value) } });
    this.remove = create("button", { classes: "remove", attributes: { type: "button", "aria-label": `Take away the filter ${label}` }, on: { click: () => this.clear() } }, "×");
    this.element = create("span", { classes: "filter", attributes: { "data-filter": name } }, create("span", { classes: "quiet", attributes: { "aria-hidden": "true" } }, label), this.select, this.remove);
    this.#offer([]);
  }

  chosen(value) {
    go({ [this.name]: value });
  }

  clear() {
    this.chosen("");
    this.select.focus();
  }

  /** Show `value` among `options`, each {name, title}; a filter that would leave nothing to choose is hidden. */
  update(value = "", options = []) {
    const known = !value || options.some(({ name }) => name === value);
    this.#offer(known ? options : [...options, { name: value, title: value }]);
    this.select.value = value;
    mark(this.element, "active", value ? "" : null);
    show(this.remove, Boolean(value));
    show(this.element, Boolean(value) || options.length > 0);
  }

  #offer(options) {
    const offered = JSON.stringify(options);
    if (offered === this.offered) return;
    this.offered = offered;
    const all = [{ name: "", title: this.none }, ...options];
    this.select.replaceChildren(...all.map(({ name, title }) => create("option", { attributes: { value: name } }, title)));
  }
}
