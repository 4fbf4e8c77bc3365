// What there is to filter by in the record: protocols, pools, experts, tags, batches, and what questions are of.

import { read } from "../page/read.js";
import { onRecordChange } from "./changes.js";

let known = null;

/** A promise of {protocols, pools, experts, tags, batches, sources, categories}, asked for again only after a reader changed the record. */
export function facets() {
  known ??= read("facets").catch((error) => {
    known = null;
    throw error;
  });
  return known;
}

for (const kind of ["deleted", "restored", "curated"]) onRecordChange(kind, () => (known = null));
