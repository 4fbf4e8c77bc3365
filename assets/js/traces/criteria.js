// What the list is narrowed to, as the page's address says it.

import { go, parameter } from "../page/address.js";
import { begin, end } from "./dates.js";

const NAMES = ["text", "protocol", "pool", "expert", "status", "since", "until", "correct", "tag", "noted", "batch", "source", "category", "without", "right_by", "wrong_by"];

/** The criteria that are set, by name. `since` is a date or the name of a range, `until` a date. */
export function criteria() {
  return Object.fromEntries(NAMES.map((name) => [name, parameter(name)]).filter(([, value]) => value));
}

/** Take all criteria out of the address. */
export function clearCriteria() {
  go(Object.fromEntries(NAMES.map((name) => [name, null])));
}

/** The criteria as `record/runs` takes them. */
export function query() {
  const { since, until, ...wanted } = criteria();
  const asked = new URLSearchParams(wanted);
  if (begin(since) !== null) asked.set("since", begin(since));
  if (end(until) !== null) asked.set("until", end(until));
  return asked;
}
