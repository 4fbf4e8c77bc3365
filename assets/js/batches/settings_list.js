// What the protocol was set to.

import { create } from "../page/dom.js";
import { setting } from "./words.js";

/** Heading and list of the settings; nothing where the protocol has none. */
export function settingsList(settings) {
  const entries = Object.entries(settings);
  if (!entries.length) return [];
  const pairs = entries.map(([name, value]) => create("div", {}, create("dt", {}, name.replaceAll("_", " ")), create("dd", { attributes: { dir: "auto" } }, setting(value))));
  return [create("h2", {}, "Settings"), create("dl", { classes: "settings" }, ...pairs)];
}
