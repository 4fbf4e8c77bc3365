// Recruited because: the question's skills, and how suitable each expert is for them.

import { Section } from "./section.js";
import { SkillChips } from "./skill_chips.js";
import { SuitabilityPlot } from "./suitability_plot.js";

export class RecruitSection extends Section {
  constructor() {
    super("Recruited because");
    this.plot = new SuitabilityPlot();
    this.chips = new SkillChips((skill) => this.plot.spotlight(skill));
    this.element.append(this.chips.element, this.plot.element);
  }

  update(record) {
    this.say(whatGoesOn(record));
    this.plot.update(record);
    this.chips.update(record.skills);
  }
}

function whatGoesOn(record) {
  const samples = record.callsOf("recruit");
  if (record.skills) return record.skills.skills.length ? "" : "no skill was named by more than one sample";
  if (!samples.length) return "";
  const named = samples.filter((call) => call.over).length;
  return `${record.expert(samples[0].expert).title} names the skills: ${named} of ${samples.length} samples`;
}
