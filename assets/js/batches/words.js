// How figures of batches read.

import { count } from "../page/format.js";

const DASH = "–";

/** A mean as briefly as it tells something: 1,834 or 5.2; a dash where it is not known. */
export function mean(value) {
  if (value === null) return DASH;
  const digits = value < 100 ? 1 : 0;
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** How far a batch is: "40 questions", or "12 of 40". */
export function progress({ questions, status }, { done }) {
  return status === "done" && done === questions ? count(questions, "question") : `${done} of ${count(questions, "question")}`;
}

/** Who answered where: pool and runtime. */
export function place({ pool, runtime }) {
  return `${pool} on ${runtime}`;
}

/** A value of a protocol's settings as a reader would write it. */
export function setting(value) {
  if ((value ?? "") === "") return DASH; // a setting that a batch was begun without, too
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
