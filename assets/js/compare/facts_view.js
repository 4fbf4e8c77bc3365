// What a step without a text came to, such as a recruitment.

import { create } from "../page/dom.js";

/** `facts`: each {label, value}. */
export function factsView(facts) {
  const pairs = facts.map(({ label, value }) => create("div", {}, create("dt", {}, label), create("dd", { attributes: { dir: "auto" } }, value)));
  return create("dl", { classes: "facts-list" }, ...pairs);
}
