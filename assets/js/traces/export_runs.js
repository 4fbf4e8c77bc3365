// Saving runs as one file of JSON Lines.

import { at } from "../page/address.js";
import { create } from "../page/dom.js";

const AT_ONCE = 100; // runs in one request: their ids stand in its address

/** Save the runs of these ids, in this order. Throws an error where the server refuses. */
export async function exportRuns(ids) {
  const parts = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const asked = new URLSearchParams(ids.slice(start, start + AT_ONCE).map((id) => ["run", id]));
    const response = await fetch(at(`record/export?${asked}`));
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? response.statusText);
    parts.push(await response.blob());
  }
  const address = URL.createObjectURL(new Blob(parts, { type: "application/x-ndjson" }));
  create("a", { attributes: { href: address, download: `disputatio-${ids.length === 1 ? ids[0] : "runs"}.jsonl` } }).click();
  URL.revokeObjectURL(address);
}
