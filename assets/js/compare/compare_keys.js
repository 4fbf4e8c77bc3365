// The keys of a comparison.

import { bindKeys } from "../page/keys.js";

/** Bind the keys for `view`, whose `comparison` is null while nothing is compared. */
export function bindCompareKeys(view) {
  const when = () => view.comparison !== null;
  const rows = () => view.comparison.rows;
  bindKeys(
    { keys: ["n"], does: "next difference", when, act: () => rows().toDifference(1) },
    { keys: ["p"], does: "previous difference", when, act: () => rows().toDifference(-1) },
    { keys: ["j"], does: "next row", when, act: () => rows().move(1) },
    { keys: ["k"], does: "previous row", when, act: () => rows().move(-1) },
    { keys: ["d"], does: "word diff of the row", when, act: () => rows().turnDiff() },
    { keys: ["e"], does: "collapse what is equal", when, act: () => view.comparison.tools.equal.click() },
    { keys: ["s"], does: "scroll columns together", when, act: () => view.comparison.tools.together.click() },
    { keys: ["Escape"], does: "no sentence highlighted", when, act: () => rows().highlight.clear() },
  );
}
