// Whether a refinement changed the answer, in words.

/** `first` and `last`: the calls of the text that was refined and of the refined one. */
export function movement(first, last) {
  if (!last.changed) return last.stoodBy ? "stood by its answer" : "kept its answer";
  return `changed its answer: ${answered(first)} → ${answered(last)}`;
}

/** What a call answers, with whether that is right where it is known. */
export function answered(call) {
  const judged = call.correct === null ? "" : call.correct ? " ✓" : " ✗";
  return `${call.answer ?? "no answer"}${judged}`;
}
