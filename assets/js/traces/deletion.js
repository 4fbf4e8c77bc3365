// Deleting runs, after asking, and bringing them back.

import { count } from "../page/format.js";
import { bindKeys } from "../page/keys.js";
import { send } from "../page/send.js";
import { announce } from "./changes.js";
import { confirmDeletion } from "./confirmation.js";
import { notice } from "./notice.js";

const deleted = []; // what can be undone, the latest last: {runs: ids, restored}

/**
 * Ask, then delete those of these runs, each with `id`, `question` and `status`, that are over. A promise of whether any is
 * deleted. `restored()` is called if the reader brings them back.
 */
export async function deleteRuns(runs, restored = () => {}) {
  const over = runs.filter(({ status }) => status !== "running");
  if (!over.length) {
    if (runs.length) notice.say("A run that still goes on cannot be deleted: stop it first.");
    return false;
  }
  if (!(await confirmDeletion(over, runs.length - over.length))) return false;
  const ids = over.map(({ id }) => id);
  try {
    await send("record/runs/delete", { runs: ids });
  } catch (error) {
    notice.say(said("Nothing was deleted", error));
    return false;
  }
  deleted.push({ runs: ids, restored });
  announce("deleted", { runs: ids });
  notice.say(`${count(ids.length, "run")} deleted.`, "Undo", undo);
  return true;
}

/** Bring back what was deleted last. */
async function undo() {
  const last = deleted.pop();
  try {
    await send("record/runs/restore", { runs: last.runs });
  } catch (error) {
    deleted.push(last);
    notice.say(said("Nothing was brought back", error), "Try again", undo);
    return;
  }
  announce("restored", { runs: last.runs });
  notice.say(`${count(last.runs.length, "run")} brought back.`);
  last.restored();
}

function said(what, error) {
  return `${what}: ${error.status ? error.message : "the connection is lost. Try again."}`;
}

bindKeys({ keys: ["u"], does: "undo the last deletion", when: () => deleted.length > 0, act: undo });
