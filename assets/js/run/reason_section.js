// What the experts reason alone, with what its rewards say of the question's difficulty.

import { DifficultyView } from "./difficulty_view.js";
import { scoringOf } from "./scoring.js";
import { PanelsSection } from "./section.js";

export class ReasonSection extends PanelsSection {
  constructor() {
    super("reason", "Each reasons alone");
    this.difficulty = new DifficultyView();
    this.element.append(this.difficulty.element);
  }

  update(record) {
    super.update(record);
    this.say(scoringOf(record, "reason", 1));
    this.difficulty.update(record, 0);
  }
}
