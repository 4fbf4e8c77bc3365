// Keys that do something on this page, and the list of them that `?` shows. None fires while the reader is typing.

import { create } from "./dom.js";

const TYPING = "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false])";
const bindings = [];

/**
 * Bind keys. Each binding has `keys` (as in KeyboardEvent.key), `does` (words for the list of keys), `act(event)`, and
 * may have `when()`, which says whether it applies now; the first one that applies acts.
 */
export function bindKeys(...added) {
  bindings.push(...added);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.(TYPING)) return;
  // Enter and the space bar belong to the control that has the focus.
  if ((event.key === "Enter" || event.key === " ") && event.target.closest?.("a, button, summary, input:not([type=range]), [role=button]")) return;
  if (document.querySelector("dialog[open]")) return;
  const found = bindings.find(({ keys, when }) => keys.includes(event.key) && (when?.() ?? true));
  if (!found) return;
  event.preventDefault();
  found.act(event);
}

function showAll() {
  const listed = bindings.filter(({ when }) => when?.() ?? true);
  const items = listed.flatMap(({ keys, does }) => [
    create("dt", {}, ...keys.map((key) => create("kbd", {}, NAMES[key] ?? key))),
    create("dd", {}, does),
  ]);
  const dialog = create(
    "dialog",
    { classes: "ours keys", attributes: { "aria-labelledby": "keys-title" }, on: { close: () => dialog.remove() } },
    create("h2", { attributes: { id: "keys-title" } }, "Keys"),
    create("dl", {}, ...items),
    create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => dialog.close() } }, "Close"),
  );
  document.querySelector(".gradio-container").append(dialog);
  dialog.showModal();
}

const NAMES = { Enter: "enter", Escape: "esc", " ": "space", ArrowLeft: "←", ArrowRight: "→" };

addEventListener("keydown", pressed);
bindKeys({ keys: ["?"], does: "show all keys", act: showAll });
