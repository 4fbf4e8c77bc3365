// What is known of how good a run's solutions are, and of what their rewards decided (MAgICoRe, arXiv 2409.12147).

export class Rewards {
  constructor() {
    this.solutions = new Map(); // name of a solution's call → solution_rewarded
    this.difficulties = new Map(); // round of refinement, 0 before the first → difficulty_judged
    this.selections = new Map(); // round → solutions_kept
    this.votes = null; // of the final vote: [{answer, weight, calls}], heaviest first
  }

  apply(event) {
    if (event.kind === "solution_rewarded") this.solutions.set(event.call, event);
    else if (event.kind === "difficulty_judged") this.difficulties.set(event.round, event);
    else if (event.kind === "solutions_kept") this.selections.set(event.round, event);
    else if (event.kind === "vote_weighed") this.votes = event.votes;
  }

  /** The round after which a solution did not go on, null where it did. */
  droppedIn(call) {
    for (const [round, { dropped }] of this.selections) if (dropped.includes(call)) return round;
    return null;
  }

  /** Who scored the solutions, in words; "" as long as none is. */
  get judges() {
    const [first] = this.solutions.values();
    if (!first) return "";
    const { outcome, steps } = first.judges;
    if (first.generative) return `Scored by a generative verifier: how likely ${outcome} says yes when asked whether a solution, or a step, is right.`;
    return `Scored by reward models: outcomes by ${outcome}, steps by ${steps}.`;
  }

  copy() {
    const copy = Object.assign(new Rewards(), this);
    copy.solutions = new Map(this.solutions);
    copy.difficulties = new Map(this.difficulties);
    copy.selections = new Map(this.selections);
    return copy;
  }
}
