// What is known of a text that is checked against its document (MAMM-Refine, arXiv 2503.15272).

export class Faithfulness {
  constructor() {
    this.split = null; // text_split: the text, and where its sentences stand in it
    this.points = []; // the text, code point by code point, as places in it count them
    this.votes = new Map(); // sentence, round and expert → faithfulness_voted
    this.decided = new Map(); // sentence → faithfulness_decided
    this.errors = new Map(); // name of a critique's call → error_found
    this.rewritten = null; // text_rewritten
  }

  apply(event) {
    switch (event.kind) {
      case "text_split":
        this.split = event;
        this.points = [...event.text];
        break;
      case "faithfulness_voted":
        this.votes.set(`${event.sentence} ${event.round} ${event.expert}`, event);
        break;
      case "faithfulness_decided":
        this.decided.set(event.sentence, event);
        break;
      case "error_found":
        this.errors.set(event.call, event);
        break;
      case "text_rewritten":
        this.rewritten = event;
        break;
    }
  }

  /** The words of the text from one place to another. */
  words(start, end) {
    return this.points.slice(start, end).join("");
  }

  /** The sentences, each {index, start, end, text}. */
  get sentences() {
    return (this.split?.sentences ?? []).map(({ start, end }, index) => ({ index, start, end, text: this.words(start, end) }));
  }

  /** The sentences that do not follow from the document, by what is decided so far. */
  get wrong() {
    return this.sentences.filter(({ index }) => this.decided.get(index)?.faithful === false);
  }

  votesOn(sentence) {
    return [...this.votes.values()].filter((vote) => vote.sentence === sentence).sort((a, b) => a.round - b.round);
  }

  copy() {
    const copy = Object.assign(new Faithfulness(), this);
    copy.votes = new Map(this.votes);
    copy.decided = new Map(this.decided);
    copy.errors = new Map(this.errors);
    return copy;
  }
}
