// The question's skills: each with the profile skill it matched and how closely.

import { create, Keyed, setText, show } from "../page/dom.js";
import { draw } from "../page/svg.js";

/** `spotlight(skill)` is told which profile skill the reader points at or has chosen, null for none. */
export class SkillChips {
  constructor(spotlight) {
    this.spotlight = spotlight;
    this.shown = undefined; // the event of which they are shown
    this.chosen = null; // the profile skill whose chip is pressed
    this.element = create("ul", { classes: "skill-chips", attributes: { "aria-label": "Skills of the question" } });
    this.chips = new Keyed(this.element, () => new SkillChip(this));
  }

  update(found) {
    if (found === this.shown) return;
    this.shown = found;
    const skills = found?.skills ?? [];
    this.chips.update(skills, (skill) => skill.keyword, (chip, skill) => chip.update(skill, found.samples));
    if (!skills.some((skill) => skill.profile_skill === this.chosen)) this.choose(null);
    show(this.element, skills.length > 0);
  }

  point(skill) {
    this.spotlight(skill ?? this.chosen);
  }

  choose(skill) {
    this.chosen = skill === this.chosen ? null : skill;
    for (const chip of this.chips.parts.values()) chip.press(this.chosen !== null && chip.skill === this.chosen);
    this.spotlight(this.chosen);
  }
}

class SkillChip {
  constructor(chips) {
    this.skill = null;
    this.keyword = create("strong");
    this.named = create("span", { classes: "quiet" });
    this.matched = create("span", { classes: "matched" });
    this.closeness = create("span", { classes: "closeness" });
    this.ring = new Ring();
    const on = {
      click: () => this.skill && chips.choose(this.skill),
      pointerenter: () => chips.point(this.skill),
      pointerleave: () => chips.point(null),
      focus: () => chips.point(this.skill),
      blur: () => chips.point(null),
    };
    this.button = create("button", { classes: "skill-chip", attributes: { type: "button" }, on }, this.keyword, this.named, this.matched, this.ring.element, this.closeness);
    this.element = create("li", {}, this.button);
  }

  update({ keyword, count, profile_skill: skill, similarity }, samples) {
    this.skill = skill;
    setText(this.keyword, keyword);
    setText(this.named, ` ${count}/${samples}`);
    setText(this.matched, skill ? ` → ${skill} ` : " no profile skill ");
    setText(this.closeness, skill && similarity !== null ? ` ${similarity.toFixed(2)}` : "");
    show(this.closeness, Boolean(this.closeness.textContent));
    this.ring.set(skill ? similarity : null);
    const matched = skill ? ` Its nearest skill in the profile is ${skill}${similarity === null ? "" : `, cosine similarity ${similarity.toFixed(2)}`}.` : "";
    this.button.title = `Named by ${count} of ${samples} samples.${matched}`;
    this.button.disabled = !skill;
  }

  press(pressed) {
    this.button.setAttribute("aria-pressed", String(pressed));
  }
}

const RADIUS = 6;
const ROUND = 2 * Math.PI * RADIUS;

/** A share from 0 to 1 as a part of a ring. */
class Ring {
  constructor() {
    const circle = { cx: 8, cy: 8, r: RADIUS };
    this.part = draw("circle", { ...circle, class: "part", transform: "rotate(-90 8 8)" });
    this.element = draw("svg", { class: "ring", viewBox: "0 0 16 16", "aria-hidden": "true" }, draw("circle", circle), this.part);
  }

  set(share) {
    this.element.style.display = share === null ? "none" : "";
    this.part.setAttribute("stroke-dasharray", `${Math.min(1, Math.max(0, share ?? 0)) * ROUND} ${ROUND}`);
  }
}
