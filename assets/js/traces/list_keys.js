// The keys of the list, and of a run that was opened from it.

import { bindKeys } from "../page/keys.js";
import { comparable, compareRuns } from "./comparing.js";
import { back } from "./opened_bar.js";

/** Bind the keys for `list`, the whole of the page. */
export function bindListKeys(list) {
  const { table, selection } = list;
  const listed = () => !list.opened;
  const current = () => listed() && table.currentRow !== null;
  const chosen = () => listed() && list.chosen.length > 0;
  bindKeys(
    { keys: ["/"], does: "search", when: listed, act: () => list.filters.toSearch() },
    { keys: ["j"], does: "next run", when: listed, act: () => list.move(1) },
    { keys: ["k"], does: "previous run", when: listed, act: () => list.move(-1) },
    { keys: ["Enter"], does: "open the run", when: current, act: () => table.currentRow.link.click() },
    { keys: ["x"], does: "tick the run", when: current, act: () => table.currentRow.box.click() },
    { keys: ["c"], does: "compare two to four ticked runs", when: () => listed() && comparable(selection.size), act: () => compareRuns(selection.ids) },
    { keys: ["e"], does: "export what is ticked, or the run", when: chosen, act: () => list.save(list.chosen.map(({ id }) => id)) },
    { keys: ["#", "Delete"], does: "delete what is ticked, or the run", when: chosen, act: () => list.remove(list.chosen) },
    { keys: ["J"], does: "next run of the list", when: () => list.opened, act: () => list.openBeside(1) },
    { keys: ["K"], does: "previous run of the list", when: () => list.opened, act: () => list.openBeside(-1) },
    { keys: ["Escape"], does: "back to the list", when: () => list.opened, act: back },
  );
}
