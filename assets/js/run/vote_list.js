// Who voted for what in which round, and why.

import { colour } from "../page/colour.js";
import { create, Keyed, mark, setText, show } from "../page/dom.js";

export class VoteList {
  constructor(words) {
    this.element = create("ol", { classes: "vote-list", attributes: { "aria-label": words } });
    this.votes = new Keyed(this.element, () => new Vote());
  }

  /** `votes`: each {round, expert, call, said, kind, reasoning}; `kind` is "good", "bad", "none" or "choice", for its colour. */
  update(record, votes) {
    this.votes.update(votes, ({ round, expert }) => `${round} ${expert}`, (vote, cast) => vote.update(record, cast));
    show(this.element, votes.length > 0);
  }
}

class Vote {
  constructor() {
    this.round = create("span", { classes: "quiet" });
    this.name = create("span", { classes: "who" });
    this.said = create("b", { classes: "said" });
    this.why = create("span", { classes: "why", attributes: { dir: "auto" } });
    this.element = create("li", {}, this.round, this.name, this.said, this.why);
  }

  update(record, { round, expert, call, said, kind, reasoning }) {
    const voter = record.expert(expert);
    const failed = record.calls.get(call)?.message;
    colour(this.element, voter.place);
    mark(this.element, "call", call);
    setText(this.round, `round ${round}`);
    setText(this.name, voter.title);
    mark(this.said, "kind", kind);
    setText(this.said, said);
    setText(this.why, failed || reasoning);
  }
}
