// How a call stands, in words.

import { percent } from "../page/format.js";
import { scoringOf } from "./scoring.js";

const LARGE = 60; // calls

export function stateOf(record, call) {
  switch (call.state) {
    case "waiting": {
      const { loading, expert } = record.waitsFor(call);
      if (loading) return loading.share === null ? "loading" : `loading ${percent(loading.share)}`;
      return expert ? `waiting for ${expert}` : "waiting";
    }
    case "thinking":
      return call.text ? "writing" : "reading";
    case "done":
      return call.finished.finish_reason === "length" ? "done, cut off at its limit" : "done";
    default:
      return call.state;
  }
}

/** One word for style sheets: waiting, loading, thinking, done, failed, stopped, interrupted. */
export function phaseOf(record, call) {
  return call.state === "waiting" && record.waitsFor(call).loading ? "loading" : call.state;
}

/** Whether a run has so many calls that what is out of sight is not laid out. */
export function isLarge(record) {
  return record.calls.size > LARGE;
}

/** What the whole run is doing, in one sentence that is worth reading aloud. */
export function sentenceOf(record) {
  const finished = record.finished;
  switch (record.status) {
    case "done":
      return "Done.";
    case "stopped":
      return "Stopped. What the experts had written by then is kept.";
    case "failed":
      return `The run failed. ${finished?.error ?? ""}`.trim();
    case "interrupted":
      return "Interrupted: Disputatio ended while this run was going on. What was recorded by then is shown.";
  }
  for (const [name, { share }] of record.loading) {
    return `Loading ${record.expert(name).title}${share === null ? "" : `: ${percent(share)}`} …`;
  }
  const round = record.roundOf(record.step);
  const scoring = scoringOf(record, record.step, round);
  if (scoring) return `${scoring[0].toUpperCase()}${scoring.slice(1)} …`;
  const calls = record.step ? record.callsOf(record.step, round) : [];
  const over = calls.filter((call) => call.over).length;
  const doing = { recruit: "Recruiting experts", reason: "Reasoning", detect: "Judging the sentences", critique: "Critiquing", review: "Reviewing", refine: "Refining", answer: "Concluding" };
  const words = doing[record.step] ?? record.step ?? "Starting";
  const again = round > 1 ? `, round ${round}` : "";
  return calls.length > 1 ? `${words}${again}: ${over} of ${calls.length} done …` : `${words}${again} …`;
}
