// How one of two candidates was chosen: what came of it in a line that unfolds to the votes.

import { create, setText, show } from "../page/dom.js";
import { outcomeOf, said } from "./choice_words.js";
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
    const words = outcomeOf(record, votes, choice);
    setText(this.outcome, words[0].toUpperCase() + words.slice(1));
    const told = votes.toSorted((a, b) => a.round - b.round).map((vote) => ({ ...vote, ...said(record, vote, choice) }));
    this.votes.update(record, told);
  }
}
