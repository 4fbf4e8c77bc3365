// Refined answers, each with its changes against the one before marked, or "stood by its answer".

import { create, mark, setText, show } from "../page/dom.js";
import { Changes } from "./changes.js";
import { DifficultyView } from "./difficulty_view.js";
import { movement } from "./movement.js";
import { Panel } from "./panel.js";
import { RerankedChoices } from "./reranked_choices.js";
import { scoringOf } from "./scoring.js";
import { PanelsSection } from "./section.js";

export class RefineSection extends PanelsSection {
  constructor(round = 1) {
    super("refine", round === 1 ? "Refined answers" : `Refined answers, round ${round}`, () => new RefinedPanel(), round);
    this.choices = new RerankedChoices("refinements");
    this.difficulty = new DifficultyView();
    this.element.append(this.choices.element, this.difficulty.element);
  }

  update(record) {
    super.update(record);
    this.say(scoringOf(record, this.step, this.round));
    this.choices.update(record, this.step, this.round);
    this.difficulty.update(record, this.round);
  }
}

class RefinedPanel extends Panel {
  constructor() {
    super();
    this.chosen = create("span", { classes: "chosen" });
    this.moved = create("p", { classes: "moved" });
    this.changes = new Changes(this.text);
    this.size.after(this.chosen);
    this.skills.after(this.moved);
    this.text.element.after(this.changes.element);
    this.element.lastElementChild.append(this.changes.toggle);
  }

  update(record, call) {
    super.update(record, call);
    const chosen = record.reranking.chosen(call.name);
    mark(this.element, "chosen", chosen);
    setText(this.chosen, chosen ? "✓ chosen" : "not chosen");
    show(this.chosen, chosen !== null);
    const first = record.calls.get(call.target);
    const judged = first && call.answer !== undefined;
    const said = judged ? movement(first, call) : "";
    setText(this.moved, said);
    show(this.moved, Boolean(said));
    const comparable = Boolean(judged && call.state === "done" && first.state === "done" && !call.stoodBy);
    this.changes.update(record, first, call, { comparable, words: `${record.expert(call.expert).title}: changes against its answer before` });
  }
}
