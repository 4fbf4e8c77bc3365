// Which sections a run's page has: one for each step, or for each round where steps are entered again and again.

import { AnswerSection } from "./answer_section.js";
import { CritiqueSection } from "./critique_section.js";
import { DetectSection } from "./detect_section.js";
import { ErrorSection } from "./error_section.js";
import { JudgementSection } from "./judgement_section.js";
import { ReasonSection } from "./reason_section.js";
import { RecruitSection } from "./recruit_section.js";
import { RefineSection } from "./refine_section.js";
import { RoundSection } from "./round_section.js";
import { RewriteSection } from "./rewrite_section.js";
import { PanelsSection } from "./section.js";
import { SolutionsSection } from "./solutions_section.js";

const SECTIONS = {
  recruit: () => new RecruitSection(),
  reason: () => new ReasonSection(),
  critique: ({ round }) => new CritiqueSection(round),
  refine: ({ round }) => new RefineSection(round),
  answer: () => new AnswerSection(),
  judge: () => new JudgementSection(),
};

/** Where solutions are sampled, reviewed and refined, a round of the latter two is one section: chains are read across. */
const SAMPLED = {
  ...SECTIONS,
  reason: () => new SolutionsSection(),
  review: ({ round }) => new RoundSection(round),
};

/** Where a text is checked against its document. */
const CHECKED = {
  ...SECTIONS,
  reason: () => new PanelsSection("reason", "The text as it was written"),
  detect: () => new DetectSection(),
  critique: () => new ErrorSection(),
  refine: () => new RewriteSection(),
};

/** The sections of a run by now, in order: {key, steps, round, make}, `steps` being the names of those that it shows. */
export function sectionsOf(record) {
  const sampled = record.started?.steps.includes("review");
  const kinds = sampled ? SAMPLED : record.started?.steps.includes("detect") ? CHECKED : SECTIONS;
  const sections = new Map();
  for (const { step, round } of record.steps) {
    const kind = sampled && step === "refine" ? "review" : step;
    const key = `${kind} ${round}`;
    const section = sections.get(key) ?? { key, steps: [], round, make: () => make(kinds, kind, round) };
    section.steps.push(step);
    sections.set(key, section);
  }
  return [...sections.values()];
}

function make(kinds, step, round) {
  return kinds[step]?.({ round }) ?? new PanelsSection(step, round === 1 ? step : `${step}, round ${round}`, undefined, round);
}
