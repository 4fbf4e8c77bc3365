// A paired comparison in words: what differs, and whether that may be chance.

import { count } from "../page/format.js";

const NOTABLE = 0.05;

/** "disputation answers 12 right that symbolic-moe does not, symbolic-moe 5 that disputation does not." */
export function outcome({ only_this: onlyThis, only_other: onlyOther, shared }, [name, other]) {
  if (!shared) return "They have no judged question in common yet.";
  if (!onlyThis.length && !onlyOther.length) return "Both answer the same questions right.";
  return `${name} answers ${onlyThis.length} right that ${other} does not, ${other} ${onlyOther.length} that ${name} does not.`;
}

/** By how much the other is better. */
export function difference({ difference: share, shared }, [name, other]) {
  if (share === null) return "";
  const points = Math.round(Math.abs(share) * 1000) / 10;
  if (!points) return `Of ${count(shared, "question")} both have the same share right.`;
  return `${other} is right ${share > 0 ? "more" : "less"} often than ${name}, by ${points} percentage points.`;
}

/** What McNemar's exact test says of it. */
export function chance({ p, only_this: onlyThis, only_other: onlyOther }) {
  if (!onlyThis.length && !onlyOther.length) return "";
  const value = p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
  const meaning = p < NOTABLE ? "a split this uneven would be rare" : "a split this uneven would not be unusual";
  return `${value} by McNemar's exact test: if both were equally good, ${meaning}.`;
}
