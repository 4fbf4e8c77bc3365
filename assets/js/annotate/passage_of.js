// A text of an item as a passage, with who wrote it and what it comes to.

import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";
import { answered } from "./answered.js";
import { Passage } from "./passage.js";

const DRAFT = "The draft that came with the question";
const STEPS = { critique: "Critique", reason: "Answer", refine: "Refined answer", answer: "Conclusion" };

/** Of a passage in an item's context. */
export function passageOf({ role, title, place, text, text_hash: hash, answer, correct, step }, { verdict }, say) {
  const critique = step === "critique";
  const kind = STEPS[step] ?? "Text";
  const who = create("span", { classes: "who" }, title);
  colour(who, place);
  const facts = critique ? [verdict ? `finds the answer ${verdict}` : ""] : answered({ answer, correct });
  const heading = create("h2", {}, create("span", { classes: "quiet" }, title ? `${kind} by` : DRAFT), who, create("span", { classes: "quiet facts" }, ...facts));
  return new Passage({ call: role, text, hash, heading, words: title ? `${kind} by ${title}` : DRAFT, say });
}

/** Spans that name their text by what it is in the item; the server names calls. */
export function placed(spans, context) {
  const roleOf = (call) => ["critique", "target"].find((role) => context[role]?.call === call) ?? call;
  return spans.map((span) => ({ ...span, call: roleOf(span.call) }));
}
