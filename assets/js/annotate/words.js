// What stands on the page Annotate in words.

import { count, row } from "../page/format.js";

const STEPS = { critique: ["critique", "critiques"], reason: ["reasoning", "reasonings"], refine: ["refinement", "refinements"], answer: ["conclusion", "conclusions"] };

/** How many calls of a step. */
export function callWords(number, step) {
  const [one, many] = STEPS[step] ?? [`call of the step ${step}`, `calls of the step ${step}`];
  return count(number, one, many);
}

/** What a queue takes, in a line. */
export function filterWords({ step, text, protocol, expert, batch, answers, verdict, runs }) {
  const many = (STEPS[step] ?? [step, step])[1];
  const of = answers ? `${many} of ${answers} answers` : many;
  return row(
    of.charAt(0).toUpperCase() + of.slice(1),
    verdict && `that find the answer ${verdict}`,
    expert && `by ${expert}`,
    protocol && `protocol ${protocol}`,
    batch && "of one batch",
    runs.length && (runs.length === 1 ? "of one run" : `of ${runs.length} runs`),
    text && `with “${text}”`,
  );
}

/** How a queue is judged, in a line. */
export function mannerWords({ per_item: wanted, annotators, blind, anonymous, schema }) {
  return row(
    `${wanted} ${wanted === 1 ? "judgement" : "judgements"} per item`,
    annotators.length ? `by ${annotators.join(", ")}` : null,
    blind ? "blind to others" : null,
    anonymous ? "experts' names hidden" : null,
    schema.name === "critique" ? null : `labels: ${schema.title}`,
  );
}

/** How far a person is, and the queue. */
export function progressWords({ mine, annotations_done: done, annotations_wanted: wanted }) {
  return row(`${mine} by you`, `${done} of ${wanted} in all`);
}
