// Asking before runs are deleted: how many, and what is lost.

import { create } from "../page/dom.js";
import { count } from "../page/format.js";

/** A promise of whether the reader wants these runs deleted, each with its `question`; `running` others still go on and stay. */
export function confirmDeletion(runs, running) {
  const one = runs.length === 1;
  return new Promise((resolve) => {
    const cancel = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => dialog.close() } }, "Cancel");
    const remove = create("button", { classes: "button danger", attributes: { type: "button" }, on: { click: () => dialog.close("delete") } }, one ? "Delete" : `Delete ${count(runs.length, "run")}`);
    const dialog = create(
      "dialog",
      { classes: "ours confirmation", attributes: { "aria-labelledby": "confirmation-title", "aria-describedby": "confirmation-text" } },
      create("h2", { attributes: { id: "confirmation-title" } }, one ? "Delete this run?" : `Delete ${count(runs.length, "run")}?`),
      one ? create("p", { classes: "quoted", attributes: { dir: "auto" } }, runs[0].question) : null,
      create("div", { attributes: { id: "confirmation-text" } }, create("p", {}, lost(one)), running ? create("p", {}, kept(running)) : null),
      create("div", { classes: "buttons" }, cancel, remove),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "delete");
    });
    document.querySelector(".gradio-container").append(dialog);
    dialog.showModal();
  });
}

function lost(one) {
  const all = one ? "The question, everything the experts wrote, its tags and its note" : "The questions, everything the experts wrote, their tags and their notes";
  return `${all} go, and links to ${one ? "it" : "them"} lead nowhere. You can undo this right afterwards; a day later it is final.`;
}

function kept(running) {
  return running === 1 ? "1 run that still goes on stays: stop it first." : `${count(running, "run")} that still go on stay: stop them first.`;
}
