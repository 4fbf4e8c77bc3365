// How the bars of a timeline read.

import { count, row, seconds } from "../page/format.js";

/** What a call does: its step, and whom it is about. */
export function deed(record, call) {
  if (call.scores) return `scoring in ${call.step}`;
  if (call.votes) return `vote in ${call.step}`;
  const about = call.step === "critique" && record.calls.get(call.target);
  return about ? `${call.step} on ${record.expert(about.expert).title}` : call.step;
}

/** What is told of a bar, in lines. */
export function linesOf(record, bar) {
  const lasted = seconds(bar.to - bar.from);
  if (bar.kind === "loading") return [bar.expert.title, `loading its weights, ${lasted}`];
  const tokens = bar.kind === "generating" && bar.call.tokens ? count(bar.call.tokens, "token") : null;
  return [`${bar.expert.title}: ${deed(record, bar.call)}`, row(`${bar.kind} ${lasted}`, tokens)];
}
