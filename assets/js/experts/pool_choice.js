// Which pool is looked at and which profile it goes by; another pool is looked at before it is put to use.

import { create, mark, setText, show } from "../page/dom.js";
import { count, day } from "../page/format.js";

export class PoolChoice {
  #listed = "";

  constructor({ look, use, choose }) {
    this.pool = create("select", { classes: "field", attributes: { "aria-label": "Pool" }, on: { change: () => look(this.pool.value) } });
    this.profile = create("select", { classes: "field", attributes: { "aria-label": "Profile" }, on: { change: () => choose(this.profile.value || null) } });
    this.standing = create("span", { classes: "standing" });
    this.use = create("button", { classes: "button primary", attributes: { type: "button", "data-needs": "owner" }, on: { click: () => use(this.pool.value) } }, "Use this pool");
    this.sentence = create("span");
    this.command = create("code");
    this.advice = create("span", {}, " ", this.command, " makes a profile from a file of questions.");
    this.about = create("p", { classes: "quiet" }, this.sentence, this.advice);
    this.how = create("p", { classes: "quiet" });
    this.made = create("details", { classes: "quiet" }, create("summary", {}, "How it was made"), this.how);
    this.problems = create("ul", { classes: "pool-problems" });
    this.element = create(
      "section",
      { classes: "pool-choice", attributes: { "aria-label": "Pool and profile" } },
      create(
        "div",
        { classes: "controls" },
        create("label", {}, create("span", { classes: "quiet" }, "Pool"), this.pool),
        create("label", {}, create("span", { classes: "quiet" }, "Profile"), this.profile),
        this.standing,
        this.use,
      ),
      create("div", { classes: "about" }, this.about, this.made),
      this.problems,
    );
  }

  update({ pools, problems }, present) {
    this.#list(pools, problems, present);
    this.pool.value = present.pool;
    this.profile.value = present.profile?.name ?? "";
    this.profile.disabled = !present.profiles.length;
    const ready = present.experts.some(({ weights }) => weights.state === "here" || weights.state === "served");
    setText(this.standing, present.in_use ? `In use, run by ${present.runtime}` : ready ? "" : unready(present));
    mark(this.standing, "used", present.in_use ? "" : null);
    show(this.use, !present.in_use);
    this.use.disabled = !ready;
    setText(this.sentence, about(present));
    setText(this.command, `disputatio profile FILE --pool ${present.pool}`);
    show(this.advice, !present.profiles.length);
    mark(this.about, "problem", present.profile_problem ? "" : null);
    setText(this.how, present.profile?.made_how ?? "");
    show(this.made, Boolean(present.profile));
  }

  /** Options are made anew only where they differ: an open list would close under the reader's hand. */
  #list(pools, problems, { profiles }) {
    const listed = JSON.stringify([pools, problems, profiles]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    this.pool.replaceChildren(...pools.map((pool) => option(pool.name, pool.in_use ? `${pool.title} (in use)` : pool.title)));
    this.profile.replaceChildren(option("", profiles.length ? "none: all count as equally suited" : "none yet"), ...profiles.map((profile) => option(profile.name, `${profile.title}, ${count(profile.questions, "question")}`)));
    this.problems.replaceChildren(...problems.map((problem) => create("li", { classes: "problem" }, problem)));
  }
}

function option(value, title) {
  return create("option", { attributes: { value } }, title);
}

function unready({ missing, runtime }) {
  return missing ? "Can be used once weights are here" : `Cannot be run by ${runtime}`;
}

function about({ profile, profile_problem: problem }) {
  if (problem) return problem;
  if (!profile) return "All experts count as equally suited.";
  return `Profile made on ${day(profile.made)} over ${count(profile.questions, "validation question")} with ${count(profile.skills, "skill")}.`;
}
