// Refined answers, each with its changes against the first one marked, or "stood by its answer".

import { create, label, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { Panel } from "./panel.js";
import { PanelsSection } from "./section.js";

const TAGS = { kept: "span", removed: "del", added: "ins" };

export class RefineSection extends PanelsSection {
  constructor() {
    super("refine", "Refined answers", () => new RefinedPanel());
  }
}

class RefinedPanel extends Panel {
  #asked = false;
  #changed = false; // whether the changes have come, and there are some
  #wanted = true; // whether the reader wants to see them

  constructor() {
    super();
    this.moved = create("p", { classes: "moved" });
    this.changes = create("div", { classes: "changes", attributes: { tabindex: "0", dir: "auto" } });
    this.toggle = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#toggle() } });
    this.skills.after(this.moved);
    this.text.element.after(this.changes);
    this.element.lastElementChild.append(this.toggle);
  }

  update(record, call) {
    super.update(record, call);
    this.record = record;
    this.call = call;
    const first = record.calls.get(call.target);
    const judged = first && call.answer !== undefined;
    const said = judged ? movement(first, call) : "";
    setText(this.moved, said);
    show(this.moved, Boolean(said));
    const comparable = judged && call.state === "done" && first.state === "done" && !call.stoodBy;
    if (comparable && !this.#asked) this.#compare(record, first, call);
    const shown = comparable && this.#changed && this.#wanted;
    show(this.changes, shown);
    if (shown) show(this.text.element, false);
    show(this.toggle, comparable && this.#changed);
    setText(this.toggle, this.#wanted ? "Show the text" : "Show the changes");
  }

  async #compare(record, before, after) {
    this.#asked = true;
    const names = new URLSearchParams({ before: before.name, after: after.name });
    let changes;
    try {
      changes = await read(`runs/${encodeURIComponent(record.run)}/changes?${names}`);
    } catch {
      this.#asked = false; // the text stands there; the next update asks again
      return;
    }
    this.changes.replaceChildren(...changes.map(({ operation, text }) => create(TAGS[operation], {}, text)));
    label(this.changes, `${record.expert(after.expert).title}: changes against its first answer`);
    this.#changed = changes.some(({ operation }) => operation !== "kept");
    this.update(this.record, this.call);
  }

  #toggle() {
    this.#wanted = !this.#wanted;
    this.update(this.record, this.call);
  }
}

function movement(first, last) {
  if (!last.changed) return last.stoodBy ? "stood by its answer" : "kept its answer";
  const judged = (call) => (call.correct === null ? "" : call.correct ? " ✓" : " ✗");
  const said = (call) => `${call.answer ?? "no answer"}${judged(call)}`;
  return `changed its answer: ${said(first)} → ${said(last)}`;
}
