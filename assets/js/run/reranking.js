// What is known of candidates that experts voted on (MAMM-Refine, arXiv 2503.15272).

export class Reranking {
  constructor() {
    this.votes = new Map(); // name of a voting call → candidate_voted
    this.choices = new Map(); // subject → candidate_chosen
  }

  apply(event) {
    if (event.kind === "candidate_voted") this.votes.set(event.call, event);
    else if (event.kind === "candidate_chosen") this.choices.set(event.subject, event);
  }

  /** Whether a call was chosen among candidates; null where it is none, or nothing is chosen yet. */
  chosen(call) {
    for (const { candidates, chosen } of this.choices.values()) if (candidates.includes(call)) return chosen === call;
    return null;
  }

  /** What was voted on or chosen, each {subject, votes, choice}; `choice` is null as long as votes come in. */
  get subjects() {
    const votes = Map.groupBy(this.votes.values(), ({ subject }) => subject);
    const subjects = new Set([...votes.keys(), ...this.choices.keys()]);
    return [...subjects].map((subject) => ({ subject, votes: votes.get(subject) ?? [], choice: this.choices.get(subject) ?? null }));
  }

  copy() {
    const copy = new Reranking();
    copy.votes = new Map(this.votes);
    copy.choices = new Map(this.choices);
    return copy;
  }
}
