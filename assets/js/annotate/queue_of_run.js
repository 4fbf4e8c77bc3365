// The queue of one run's critiques: found, or made.

import { go } from "../page/address.js";
import { get } from "../page/read.js";
import { send } from "../page/send.js";

/** Open it; `tell(words)` says where that does not work. */
export async function queueOfRun(run, tell) {
  try {
    const queues = await get("annotation/queues");
    const found = queues.find(({ queue: { filters } }) => filters.step === "critique" && filters.runs.length === 1 && filters.runs[0] === run);
    const { queue } = found ?? (await send("annotation/queues", { title: `Critiques of run ${run}`, filters: { runs: [run] } }));
    go({ run: null, queue: queue.id }, { replace: true });
  } catch (error) {
    tell(error.status ? error.message : "The connection is lost: load the page again when it is back.");
  }
}
