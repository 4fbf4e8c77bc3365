// Questions to click.

import { create } from "./page/dom.js";

export function attach(element, { props, trigger }) {
  const buttons = props.value.map((example, index) =>
    create(
      "button",
      { classes: "chip", attributes: { type: "button", title: example.question || example.draft }, on: { click: () => trigger("pick", { index }) } },
      create("span", {}, example.title),
      create("span", { classes: "quiet" }, ` ${example.skill}`),
    ),
  );
  element.append(create("div", { classes: "chips", attributes: { role: "group", "aria-label": "Examples to try", "data-needs": "owner" } }, create("span", { classes: "quiet" }, "Try"), ...buttons));
}
