// What to call batches that are shown together.

import { moment } from "../page/format.js";
import { place, setting } from "./words.js";

/** Where the settings tell batches of a protocol no further apart, what else may, in this order. */
const APART = [({ seed }) => `seed ${seed}`, place, ({ created_at: at }) => moment(at), ({ id }) => id];

/** A name for each batch: its protocol, and of what else it is only what tells it from the others of that protocol. */
export function names(batches) {
  let called = batches.map((batch) => [batch.protocol, ...differing(batches.filter(({ protocol }) => protocol === batch.protocol)).map((name) => `${name.replaceAll("_", " ")} ${setting(batch.settings[name])}`)].join(", "));
  for (const words of APART) {
    const alike = (n) => batches.filter((_, other) => called[other] === called[n]);
    called = called.map((name, n) => (new Set(alike(n).map(words)).size > 1 ? `${name}, ${words(batches[n])}` : name));
  }
  return called;
}

/** The settings in which the batches differ; those with more than a value to them would be no name. */
function differing(batches) {
  const all = [...new Set(batches.flatMap(({ settings }) => Object.keys(settings)))];
  const plain = all.filter((name) => batches.every(({ settings }) => typeof (settings[name] ?? "") !== "object"));
  return plain.filter((name) => new Set(batches.map(({ settings }) => JSON.stringify(settings[name] ?? null))).size > 1);
}
