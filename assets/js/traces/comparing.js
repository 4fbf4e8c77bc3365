// Putting ticked runs side by side.

import { compareHref, FEWEST, MOST } from "../compare/columns.js";

/** Whether so many runs can be compared. */
export function comparable(count) {
  return count >= FEWEST && count <= MOST;
}

export function compareRuns(ids) {
  location.href = compareHref(ids);
}
