// Which solutions go on after a round: those of highest reward among the old and the refined ones.

import { create, mark, setText, show } from "../page/dom.js";
import { nameOf } from "./solution_name.js";

const FEW = 16; // solutions that are listed without being asked for

export class KeptSolutions {
  #shown = null;

  constructor() {
    this.summary = create("summary");
    this.list = create("ol", { classes: "pooled", attributes: { "aria-label": "All solutions, the best first" } });
    this.element = create("details", { classes: "kept" }, this.summary, this.list);
  }

  update(record, round) {
    const selection = record.rewards.selections.get(round);
    show(this.element, selection !== undefined);
    if (!selection || selection === this.#shown) return;
    this.#shown = selection;
    const { kept, dropped } = selection;
    const refined = kept.filter((name) => record.calls.get(name)?.step === "refine" && record.calls.get(name).round === round);
    setText(this.summary, `Kept ${kept.length} of ${kept.length + dropped.length} solutions, ${refined.length || "none"} of them refined in this round`);
    const reward = (name) => record.rewards.solutions.get(name)?.reward ?? -1;
    const all = [...kept, ...dropped].sort((a, b) => reward(b) - reward(a));
    this.list.replaceChildren(...all.map((name) => chip(record, name, kept.includes(name))));
    this.element.open = all.length <= FEW;
  }
}

function chip(record, name, kept) {
  const call = record.calls.get(name);
  const rewarded = record.rewards.solutions.get(name);
  const element = create(
    "li",
    {},
    create("b", {}, call ? nameOf(record, call) : name),
    create("span", { attributes: { dir: "auto" } }, call?.answer ?? "no answer"),
    create("span", { classes: "quiet" }, rewarded ? `R ${rewarded.reward.toFixed(2)}` : ""),
    create("span", { classes: "fate" }, kept ? "✓ kept" : "dropped"),
  );
  mark(element, "kept", kept);
  return element;
}
