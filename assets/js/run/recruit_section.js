// Recruited because: the question's skills, and how suitable each expert is for them.

import { colour } from "../page/colour.js";
import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { percent, signed, size } from "../page/format.js";
import { Section } from "./section.js";

const MEASURES = ["Local", "Global", "Probability"];

export class RecruitSection extends Section {
  constructor() {
    super("Recruited because");
    this.chips = create("ul", { classes: "skill-chips", attributes: { "aria-label": "Skills of the question" } });
    this.rows = create("tbody");
    const head = ["Expert", ...MEASURES, "Drawn"].map((title) => create("th", { attributes: { scope: "col" } }, title));
    this.table = create("table", { classes: "suitability" }, create("thead", {}, create("tr", {}, ...head)), this.rows);
    this.element.append(this.chips, create("div", { classes: "scrolling", attributes: { tabindex: "0", role: "group", "aria-label": "Suitability of the experts" } }, this.table));
    this.candidates = new Keyed(this.rows, () => new CandidateRow());
  }

  update(record) {
    this.#sayWhatGoesOn(record);
    if (record.skills && !this.chips.children.length) {
      this.chips.append(...record.skills.skills.map((skill) => skillChip(skill, record.skills.samples)));
    }
    show(this.chips, Boolean(this.chips.children.length));
    show(this.table, Boolean(record.recruited));
    if (!record.recruited) return;
    const { candidates } = record.recruited;
    const scale = Math.max(1, ...candidates.map((one) => Math.abs(one.local_score)));
    this.candidates.update(candidates, (one) => one.expert, (row, one) => row.update(record, one, scale));
  }

  #sayWhatGoesOn(record) {
    const samples = record.callsOf("recruit");
    if (record.skills?.skills.length === 0) this.say("no skill was named by more than one sample");
    else if (record.skills || !samples.length) this.say("");
    else {
      const named = samples.filter((call) => call.over).length;
      this.say(`${record.expert(samples[0].expert).title} names the skills: ${named} of ${samples.length} samples`);
    }
  }
}

function skillChip(skill, samples) {
  const matched = skill.profile_skill
    ? create("span", { classes: "quiet" }, ` → ${skill.profile_skill} ${skill.similarity?.toFixed(2) ?? ""}`)
    : null;
  const title = `named by ${skill.count} of ${samples} samples`;
  return create(
    "li",
    { classes: "skill-chip", attributes: { title } },
    create("strong", {}, skill.keyword),
    create("span", { classes: "quiet", attributes: { "aria-label": title } }, ` ${skill.count}/${samples}`),
    matched,
  );
}

class CandidateRow {
  constructor() {
    this.name = create("th", { attributes: { scope: "row" } });
    [this.local, this.global, this.probability] = MEASURES.map((measure) => new Bar(measure));
    this.drawn = create("td");
    this.element = create("tr", {}, this.name, this.local.element, this.global.element, this.probability.element, this.drawn);
  }

  update(record, candidate, scale) {
    const expert = record.expert(candidate.expert);
    colour(this.element, expert.place);
    mark(this.element, "drawn", candidate.drawn > 0);
    setText(this.name, `${expert.title} ${size(expert)}`.trim());
    this.local.update(candidate.local_score / scale, signed(candidate.local_score), skillsOf(candidate));
    this.global.update(candidate.global_score, candidate.global_score.toFixed(2));
    this.probability.update(candidate.probability, percent(candidate.probability));
    setText(this.drawn, candidate.drawn > 1 ? `recruited ×${candidate.drawn}` : candidate.drawn ? "recruited" : "–");
  }
}

function skillsOf(candidate) {
  return Object.entries(candidate.by_skill).map(([skill, score]) => `${skill} ${signed(score)}`).join(" · ");
}

/** A number with a small bar; `share` from −1 to 1. */
class Bar {
  constructor(measure) {
    this.fill = create("span", { classes: "fill" });
    this.number = create("span", { classes: "number" });
    this.note = create("span", { classes: "note quiet" });
    const track = create("span", { classes: "track", attributes: { "aria-hidden": "true" } }, this.fill);
    this.element = create("td", { attributes: { "data-measure": measure } }, create("div", { classes: "bar" }, this.number, track), this.note);
  }

  update(share, number, note = "") {
    this.fill.style.width = `${Math.min(1, Math.abs(share)) * 100}%`;
    mark(this.fill, "negative", share < 0 ? "" : null);
    setText(this.number, number);
    setText(this.note, note);
    show(this.note, Boolean(note));
  }
}
