// The labels of a queue's schema, and the buttons that give them.

import { create } from "../page/dom.js";

export class Labels {
  constructor({ labels }) {
    this.all = labels;
    this.byName = new Map(labels.map((label) => [label.name, label]));
  }

  titleOf(name) {
    return this.byName.get(name)?.title ?? name;
  }

  /** The colour of a label; of one that is not in the schema any more, a quiet one. */
  colourOf(name) {
    return this.byName.get(name)?.colour ?? "quiet";
  }

  /** The name of the label that a key gives, or null. */
  at(key) {
    return this.all.find((label) => label.key === key)?.name ?? null;
  }

  /** A chip with a label's title and colour. */
  chip(name, more = "") {
    return create("span", { classes: "label-chip", attributes: { "data-colour": this.colourOf(name) } }, this.titleOf(name), more);
  }

  /** A group of buttons, one for each label; `choose(name)` is called when one is pressed. A press leaves what is selected alone. */
  buttons(words, choose) {
    const buttons = this.all.map(({ name, title, key, description, colour }) =>
      create(
        "button",
        {
          classes: "label-button",
          attributes: { type: "button", title: description, "data-label": name, "data-colour": colour, "aria-pressed": "false", "aria-keyshortcuts": key || null },
          on: { click: () => choose(name), mousedown: (event) => event.preventDefault() },
        },
        create("kbd", { attributes: { "aria-hidden": "true" } }, key),
        title,
      ),
    );
    return create("div", { classes: "label-buttons", attributes: { role: "group", "aria-label": words } }, ...buttons);
  }
}

/** Show which of the buttons is that of `name`. */
export function press(buttons, name) {
  for (const button of buttons.children) button.ariaPressed = String(button.dataset.label === name);
}
