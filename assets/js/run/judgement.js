// What a critique says of the answer it is about, as far as it is known.

import { create, mark, setText, show } from "../page/dom.js";
import { draw } from "../page/svg.js";

/** Kinds of judgement in the order of a legend, with what each reads. */
export const WORDS = {
  error: "finds an error",
  agrees: "agrees",
  misses: "misses the error",
  none: "no verdict",
  writing: "writing",
  waiting: "waiting",
  failed: "gave no critique",
};

/** Marks of the kinds that have one, as paths around 0, 0; nobody needs to tell colours apart. */
export const MARKS = {
  error: "M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2",
  agrees: "M-4 .5-1.2 3.2 4-3.2",
  misses: "M-4 .8c1.6-4 3.2-4 4-.8s2.4 3.2 4-.8",
};

/** The kind of judgement of a critique: one of WORDS. It misses an error when it calls right what is known to be wrong. */
export function judgementOf(record, call) {
  if (call.state === "waiting") return "waiting";
  if (call.state === "thinking") return "writing";
  if (call.state !== "done") return "failed";
  if (call.verdict === "wrong") return "error";
  if (call.verdict === "right") return record.calls.get(call.target)?.correct === false ? "misses" : "agrees";
  return "none";
}

/** A judgement in words, with its mark. */
export class JudgementChip {
  constructor() {
    this.path = draw("path");
    this.mark = draw("svg", { viewBox: "-6 -6 12 12", "aria-hidden": "true" }, this.path);
    this.words = create("span");
    this.element = create("span", { classes: "judgement" }, this.mark, this.words);
  }

  update(kind) {
    if (this.element.dataset.judgement === kind) return;
    mark(this.element, "judgement", kind);
    setText(this.words, WORDS[kind]);
    this.path.setAttribute("d", MARKS[kind] ?? "M-3.5 0H3.5");
    show(this.element, kind !== "waiting" && kind !== "writing" && kind !== "failed");
  }
}
