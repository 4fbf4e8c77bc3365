// What is wrong with each marked sentence: two critiques, and which was chosen.

import { create, Keyed, setText, show } from "../page/dom.js";
import { Candidates } from "./candidate_panel.js";
import { ChoiceVotes } from "./choice_votes.js";
import { Section } from "./section.js";

export class ErrorSection extends Section {
  constructor() {
    super("What is wrong with the marked sentences");
    this.list = create("div", { classes: "errors" });
    this.element.append(this.list);
    this.errors = new Keyed(this.list, ({ index }) => new FoundError(index));
  }

  update(record) {
    this.errors.update(record.faithfulness.wrong, ({ index }) => index, (error, sentence) => error.update(record, sentence));
  }
}

class FoundError {
  constructor(index) {
    this.subject = `critique/${index}`;
    this.before = create("span");
    this.span = create("mark", { classes: "error-span" });
    this.after = create("span");
    this.nowhere = create("p", { classes: "quiet" });
    this.fix = create("p", { attributes: { dir: "auto" } });
    this.candidates = new Candidates("critique", this.subject, `Critiques of sentence ${index + 1}`);
    this.votes = new ChoiceVotes(`Votes on the critiques of sentence ${index + 1}`);
    this.element = create(
      "article",
      { classes: "found-error", attributes: { "data-sentence": index } },
      create("h3", {}, `Sentence ${index + 1}`),
      create("p", { classes: "said-sentence", attributes: { dir: "auto" } }, this.before, this.span, this.after),
      this.nowhere,
      this.fix,
      this.votes.element,
      this.candidates.element,
    );
  }

  update(record, sentence) {
    const { faithfulness, reranking } = record;
    const chosen = reranking.choices.get(this.subject)?.chosen;
    const error = faithfulness.errors.get(chosen) ?? null;
    const placed = error !== null && error.start !== null;
    setText(this.before, placed ? faithfulness.words(sentence.start, error.start) : sentence.text);
    setText(this.span, placed ? faithfulness.words(error.start, error.end) : "");
    setText(this.after, placed ? faithfulness.words(error.end, sentence.end) : "");
    show(this.span, placed);
    setText(this.nowhere, error === null || placed ? "" : error.span ? `Named as the error, though not in these words: “${error.span}”` : "The critique names no words that are wrong.");
    show(this.nowhere, Boolean(this.nowhere.textContent));
    setText(this.fix, error?.suggestion ? `Suggested: ${error.suggestion}` : "");
    show(this.fix, Boolean(this.fix.textContent));
    this.votes.update(record, this.subject);
    this.candidates.update(record);
  }
}
