// Which columns the page's address names: `runs=A,B~x`, or experts of one run as `run=A&experts=x,y`.

import { at, go, parameter } from "../page/address.js";

export const FEWEST = 2;
export const MOST = 4;

/** The name of a column: a whole run, or one expert's trace in it. */
export function columnName(run, expert = null) {
  return expert === null ? run : `${run}~${expert}`;
}

/** The run that a column is of, and its expert; null for a whole run. */
export function partsOf(name) {
  const end = name.indexOf("~");
  return end < 0 ? { run: name, expert: null } : { run: name.slice(0, end), expert: name.slice(end + 1) };
}

/** The columns that the address names, each once. */
export function columnsInAddress() {
  const [run, experts] = [parameter("run"), parameter("experts")];
  const listed = (words) => (words ?? "").split(",").filter(Boolean);
  const named = run && experts ? listed(experts).map((expert) => columnName(run, expert)) : run ? [run] : listed(parameter("runs"));
  return [...new Set(named)];
}

/** Let the address name these columns. */
export function setColumns(names) {
  go({ runs: names.join(","), run: null, experts: null });
}

/** Where columns are compared. */
export function compareHref(names) {
  return `${at("compare")}?runs=${names.map(encodeURIComponent).join(",")}`;
}

/** What `record/compare` and what is under it are asked with. */
export function query(names, parameters = {}) {
  const asked = new URLSearchParams(names.map((name) => ["column", name]));
  for (const [name, value] of Object.entries(parameters)) asked.set(name, value);
  return asked;
}
