// How one of two candidates was chosen: who voted for which, round by round, and why.

import { colour } from "../page/colour.js";
import { create, Keyed, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
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

function said(record, vote, choice) {
  if (vote.choice === null) return { said: "no vote that could be read", kind: "none" };
  return { said: `for ${nameOf(record, vote.choice, choice)}`, kind: "choice" };
}

function outcomeOf(record, votes, choice) {
  if (!choice) return `${count(votes.length, "vote")} so far`;
  const { candidates, chosen, rounds, agreed } = choice;
  const number = candidates.indexOf(chosen) + 1;
  const name = nameOf(record, number, choice);
  if (!votes.length) return `${name} stands without a vote`;
  const last = votes.filter(({ round }) => round === rounds);
  const told = `${last.filter((vote) => vote.choice === number).length} of ${last.length} votes`;
  const when = rounds === 1 ? "at once" : `in ${rounds} rounds`;
  return agreed ? `${name} chosen by all, ${when}` : `${name} chosen without agreement, ${told} after ${rounds === 1 ? "one round" : `${rounds} rounds`}`;
}

/** A candidate by its number, and by who wrote it where that is not the same for both. */
function nameOf(record, number, choice) {
  const writers = (choice?.candidates ?? []).map((name) => record.calls.get(name)?.expert);
  const written = new Set(writers).size > 1 && writers[number - 1] ? ` (${record.expert(writers[number - 1]).title})` : "";
  return `candidate ${number}${written}`;
}
