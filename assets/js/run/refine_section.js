// Refined answers, each with its changes against the first one marked, or "stood by its answer".

import { create, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { Panel } from "./panel.js";
import { PanelsSection } from "./section.js";
import { Keyed } from "../page/dom.js";

export class RefineSection extends PanelsSection {
  constructor() {
    super("refine", "Refined answers");
    this.panels = new Keyed(this.grid, () => new RefinedPanel());
  }
}

class RefinedPanel extends Panel {
  constructor() {
    super();
    this.moved = create("p", { classes: "moved" });
    this.changes = create("div", { classes: "changes", attributes: { tabindex: "0", dir: "auto" } });
    this.toggle = create("button", { classes: "link", attributes: { type: "button", "aria-pressed": "true" }, on: { click: () => this.#toggle() } }, "Show plain text");
    this.skills.after(this.moved);
    this.text.element.after(this.changes);
    this.element.lastElementChild.append(this.toggle);
    this.marked = false; // whether the changes have come
    this.wanted = true; // whether the reader wants to see them
  }

  update(record, call) {
    super.update(record, call);
    const first = record.calls.get(call.target);
    const said = first && call.answer !== undefined ? movement(first, call) : "";
    setText(this.moved, said);
    show(this.moved, Boolean(said));
    if (call.state === "done" && first?.state === "done" && !this.asked && call.answer !== undefined && !call.stoodBy) this.#mark(record, first, call);
    const changed = this.marked && this.wanted;
    show(this.changes, changed);
    show(this.toggle, this.marked);
    if (changed) show(this.text.element, false);
    this.record = record;
    this.call = call;
  }

  async #mark(record, before, after) {
    this.asked = true;
    const names = new URLSearchParams({ before: before.name, after: after.name });
    let changes;
    try {
      changes = await read(`runs/${encodeURIComponent(record.run)}/changes?${names}`);
    } catch {
      this.asked = false; // the text stands there plainly; the next update asks again
      return;
    }
    const tags = { kept: "span", removed: "del", added: "ins" };
    this.changes.replaceChildren(...changes.map(({ operation, text }) => create(tags[operation], {}, text)));
    this.changes.setAttribute("aria-label", `${record.expert(after.expert).title}: changes against its first answer`);
    this.marked = changes.some(({ operation }) => operation !== "kept");
    this.update(this.record, this.call);
  }

  #toggle() {
    this.wanted = !this.wanted;
    this.toggle.setAttribute("aria-pressed", String(this.wanted));
    setText(this.toggle, this.wanted ? "Show plain text" : "Show changes");
    this.update(this.record, this.call);
  }
}

function movement(first, last) {
  if (!last.changed) return last.stoodBy ? "stood by its answer" : "kept its answer";
  const judged = (call) => (call.correct === null ? "" : call.correct ? " ✓" : " ✗");
  const read = (call) => `${call.answer ?? "no answer"}${judged(call)}`;
  return `changed its answer: ${read(first)} → ${read(last)}`;
}
