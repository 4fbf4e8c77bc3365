// The text with what does not follow from the document marked; the votes on the sentence that the reader turns to.

import { create, mark, setText, show } from "../page/dom.js";
import { count, row } from "../page/format.js";
import { MarkedText, standing } from "./marked_text.js";
import { Section } from "./section.js";
import { VoteList } from "./vote_list.js";

export class DetectSection extends Section {
  #chosen = null; // the sentence whose votes are shown, by its index
  #record = null;

  constructor() {
    super("Does each sentence follow from the document?");
    this.text = new MarkedText((index) => this.#choose(index));
    this.sentence = create("h3", { attributes: { dir: "auto" } });
    this.outcome = create("p", { classes: "outcome" });
    this.votes = new VoteList("Votes on the sentence");
    this.detail = create("div", { classes: "sentence-votes", attributes: { role: "group", "aria-label": "Votes" } }, this.sentence, this.outcome, this.votes.element);
    this.stays = create("p", { classes: "quiet" }, "Every sentence was found to follow from the document, so the text stays as it is.");
    this.element.append(create("div", { classes: "detection" }, this.text.element, this.detail), this.stays);
  }

  update(record) {
    this.#record = record;
    const { sentences, wrong, decided, rewritten } = record.faithfulness;
    const judged = decided.size;
    const found = judged ? (wrong.length ? `${wrong.length} marked` : "none marked") : "";
    this.say(row(count(sentences.length, "sentence"), judged < sentences.length ? `${judged} judged` : "", found));
    const shown = sentences.find(({ index }) => index === this.#chosen) ?? wrong[0] ?? sentences[0];
    this.text.update(record, shown?.index ?? null);
    show(this.detail, Boolean(shown));
    if (shown) this.#tell(record, shown);
    show(this.stays, rewritten !== null && rewritten.call === null && !wrong.length);
  }

  #choose(index) {
    this.#chosen = index;
    if (this.#record) this.update(this.#record);
  }

  #tell(record, sentence) {
    const votes = record.faithfulness.votesOn(sentence.index);
    setText(this.sentence, `Sentence ${sentence.index + 1}`);
    mark(this.outcome, "standing", standing(record, sentence));
    setText(this.outcome, outcome(record, sentence, votes));
    this.votes.update(record, votes.map((vote) => ({ ...vote, ...said(vote.faithful) })));
  }
}

function said(faithful) {
  if (faithful === null) return { said: "no vote that could be read", kind: "none" };
  return faithful ? { said: "✓ follows", kind: "good" } : { said: "✗ does not follow", kind: "bad" };
}

function outcome(record, { index }, votes) {
  const decided = record.faithfulness.decided.get(index);
  if (!decided) return record.running ? `Being judged: ${count(votes.length, "vote")} so far` : "Not judged";
  const what = decided.faithful ? "Follows from the document" : "Does not follow from the document";
  const readable = votes.filter(({ faithful }) => faithful !== null).length;
  if (!readable) return "Nobody's vote could be read, so it stays as it is";
  const when = decided.rounds === 1 ? "in the first round" : `after ${decided.rounds} rounds`;
  return decided.agreed ? `${what}: all agree ${when}` : `${what}: no agreement ${when}, the first vote that was given holds`;
}
