// What others said of an item, where the queue lets everyone know: folded, so that it does not come first.

import { create } from "../page/dom.js";
import { count } from "../page/format.js";
import { verdictChip } from "./verdict_form.js";

export class OthersSaid {
  constructor(others, labels) {
    this.element = create(
      "details",
      { classes: "others-said" },
      create("summary", {}, `What ${count(others.length, "other")} said`),
      create("ul", {}, ...others.map((one) => create("li", {}, annotatorName(one), ": ", ...saidBy(one, labels)))),
    );
  }
}

/** Who judged: a person, or a model. */
export function annotatorName({ annotator, kind, model }) {
  const more = kind === "model" ? ` (model${model && model !== annotator ? ` ${model}` : ""})` : "";
  return create("b", {}, `${annotator}${more}`);
}

/** What someone said, as parts of a line: verdict, labels, comment. */
export function saidBy({ verdict, followed, spans, comment }, labels) {
  const counts = new Map();
  for (const { label } of spans) counts.set(label, (counts.get(label) ?? 0) + 1);
  const followedWords = followed === null ? "" : followed ? " · followed" : " · not followed";
  return [
    verdictChip(verdict, followedWords),
    ...[...counts].flatMap(([label, times]) => [" ", labels.chip(label, times > 1 ? ` × ${times}` : "")]),
    comment ? create("span", { classes: "quiet", attributes: { dir: "auto" } }, ` “${comment}”`) : null,
  ].filter(Boolean);
}
