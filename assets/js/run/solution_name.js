// What the solutions of a run are called.

/** Samples are 7, 8, …; what became of 7 in round 2 is 7.2. */
export function nameOf(record, call) {
  const before = record.calls.get(call.target);
  if (before) return `${nameOf(record, before)}.${call.round}`;
  return String(record.callsOf(call.step).indexOf(call) + 1);
}
