// How one of two candidates was chosen: what came of it in a line that unfolds to the votes.

import { create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";
import { VoteList } from "./vote_list.js";

export class ChoiceVotes {
  constructor(words) {
    this.outcome = create("summary");
    this.votes = new VoteList(words);
    this.element = create("details", { classes: "choice-votes" }, this.outcome, this.votes.element);
  }

  update(record, subject) {
    const { votes = [], choice = null } = record.reranking.subjects.find((one) => one.subject === subject) ?? {};
    show(this.element, votes.length > 0);
    setText(this.outcome, outcome(votes, choice));
    const told = votes.toSorted((a, b) => a.round - b.round).map((vote) => ({ ...vote, ...said(vote.choice) }));
    this.votes.update(record, told);
  }
}

function said(choice) {
  return choice === null ? { said: "no vote that could be read", kind: "none" } : { said: `for candidate ${choice}`, kind: "choice" };
}

function outcome(votes, choice) {
  if (!choice) return `${count(votes.length, "vote")} so far`;
  const { candidates, chosen, rounds, agreed } = choice;
  const name = `Candidate ${candidates.indexOf(chosen) + 1}`;
  const when = rounds === 1 ? "in the first round" : `after ${rounds} rounds`;
  return agreed ? `${name} was chosen by all ${when}` : `${name} stands: no agreement ${when}, the first expert's vote holds`;
}
