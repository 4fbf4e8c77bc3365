// How one of two candidates was chosen: who voted for which, round by round, and why.

import { colour } from "../page/colour.js";
import { create, Keyed, setText, show } from "../page/dom.js";
import { outcomeOf, said } from "./choice_words.js";
import { VoteList } from "./vote_list.js";

export class RerankedChoices {
  /** `candidates`: what they are, in the plural. */
  constructor(candidates) {
    this.candidates = candidates;
    this.list = create("div");
    this.element = create("div", { classes: "choices-made", attributes: { role: "group", "aria-label": `Votes on ${candidates}` } }, create("h3", {}, `Votes on ${candidates}`), this.list);
    this.choices = new Keyed(this.list, () => new Choice());
  }

  /** Show what was chosen in one round of a step. */
  update(record, step, round) {
    const here = (name) => {
      const call = record.calls.get(name);
      return call?.step === step && call.round === round;
    };
    const subjects = record.reranking.subjects.filter(({ votes, choice }) => votes.some(({ call }) => here(call)) || here(choice?.chosen));
    this.choices.update(subjects, ({ subject }) => subject, (choice, voted) => choice.update(record, voted));
    show(this.element, subjects.length > 0);
  }
}

class Choice {
  constructor() {
    this.about = create("span", { classes: "who" });
    this.outcome = create("span", { attributes: { dir: "auto" } });
    this.votes = new VoteList("Votes");
    this.element = create("details", { classes: "choice" }, create("summary", {}, this.about, ": ", this.outcome), this.votes.element);
  }

  update(record, { subject, votes, choice }) {
    const author = record.expert(subject.split("/").at(-1));
    colour(this.about, author.place);
    setText(this.about, author.title);
    setText(this.outcome, outcomeOf(record, votes, choice));
    this.votes.update(record, votes.map((vote) => ({ ...vote, ...said(record, vote, choice) })));
  }
}
