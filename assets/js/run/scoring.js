// How far the scoring of a step's solutions is.

/** "scoring 12 of 40 solutions" while a round of a step has calls that score and are not all over, else "". */
export function scoringOf(record, step, round) {
  const calls = [...record.calls.values()].filter((call) => call.scores && call.step === step && call.round === round);
  if (calls.every((call) => call.over)) return "";
  const solutions = Map.groupBy(calls, (call) => call.target ?? call.name);
  const scored = [...solutions.values()].filter((own) => own.every((call) => call.over)).length;
  return `scoring ${scored} of ${solutions.size} solutions`;
}
