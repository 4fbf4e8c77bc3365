// Texts with what is only in one of two of them marked.

import { create } from "../page/dom.js";
import { pause } from "./pause.js";

const TAGS = { same: "span", removed: "del", added: "ins" };
const AT_ONCE = 200;

/** Show `changes`, each {kind, text}, in an element; whether there are any. */
export async function fillChanges(element, changes) {
  element.replaceChildren();
  for (let place = 0; place < changes.length; place += AT_ONCE) {
    element.append(...changes.slice(place, place + AT_ONCE).map(({ kind, text }) => create(TAGS[kind], {}, text)));
    await pause();
  }
  return changes.some(({ kind }) => kind !== "same");
}
