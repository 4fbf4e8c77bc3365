// What was written as candidates for the same: a panel for each, with whether it was chosen.

import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { Panel } from "./panel.js";
import { Stack } from "./stack.js";

/** The candidates for a subject, side by side; on a phone one after the other, to swipe. */
export class Candidates {
  constructor(step, subject, words, make = () => new CandidatePanel()) {
    this.step = step;
    this.subject = subject;
    this.grid = create("div", { classes: "panels", attributes: { role: "group", tabindex: "0", "aria-label": words } });
    this.stack = new Stack(this.grid);
    this.element = create("div", {}, this.grid, this.stack.element);
    this.panels = new Keyed(this.grid, make);
  }

  update(record) {
    const writing = ({ name }) => [this.subject, `generate/${this.subject}`].some((subject) => name.startsWith(`${subject}/`));
    const calls = record.callsOf(this.step).filter(writing);
    this.panels.update(calls, ({ name }) => name, (panel, call) => panel.update(record, call));
    this.stack.update(calls.map((call) => record.expert(call.expert)));
  }
}

export class CandidatePanel extends Panel {
  constructor() {
    super();
    this.number = create("span", { classes: "quiet" });
    this.chosen = create("span", { classes: "chosen" });
    this.size.after(this.number, this.chosen);
  }

  update(record, call) {
    super.update(record, call);
    const chosen = record.reranking.chosen(call.name);
    setText(this.number, candidateName(call.name));
    mark(this.element, "chosen", chosen);
    setText(this.chosen, chosen ? "✓ chosen" : "not chosen");
    show(this.chosen, chosen !== null);
  }
}

/** What a candidate is called: by its number, and whether it is written anew or asked for again. */
function candidateName(call) {
  const [, number, retry] = call.match(/\/(\d+)(?:\/retry-(\d+))?$/) ?? [];
  const again = retry ? `, asked again (${retry})` : "";
  return number === undefined ? "" : `candidate ${Number(number) + 1}${call.startsWith("generate/") ? ", written anew" : ""}${again}`;
}
