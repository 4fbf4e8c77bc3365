// A text whose sentences are judged: what does not follow from the document is marked, and each sentence can be chosen.

import { create, Keyed, mark, setText } from "../page/dom.js";

const SAID = {
  ahead: "not judged yet",
  judging: "being judged",
  faithful: "follows from the document",
  unfaithful: "does not follow from the document",
};

/** How a sentence stands: one of the keys of SAID. */
export function standing(record, { index }) {
  const decided = record.faithfulness.decided.get(index);
  if (decided) return decided.faithful ? "faithful" : "unfaithful";
  return record.running ? "judging" : "ahead";
}

export class MarkedText {
  /** `choose(index)` is called when a reader turns to a sentence. */
  constructor(choose) {
    this.choose = choose;
    this.element = create("div", { classes: "marked-text", attributes: { role: "group", "aria-label": "The text, sentence by sentence", dir: "auto" } });
    this.pieces = new Keyed(this.element, (piece) => (piece.sentence ? new MarkedSentence(piece.sentence, choose) : new Between()));
  }

  /** `chosen`: the sentence whose votes are shown, or null. */
  update(record, chosen) {
    this.pieces.update(piecesOf(record.faithfulness), ({ key }) => key, (piece, { text, sentence }) => piece.update(record, text, sentence, chosen));
  }
}

/** The sentences, and the white space between them, which a text keeps. */
function piecesOf(faithfulness) {
  const pieces = [];
  let end = 0;
  for (const sentence of faithfulness.sentences) {
    if (sentence.start > end) pieces.push({ key: `before ${sentence.index}`, text: faithfulness.words(end, sentence.start) });
    pieces.push({ key: sentence.index, text: sentence.text, sentence });
    end = sentence.end;
  }
  return pieces;
}

class Between {
  constructor() {
    this.element = create("span");
  }

  update(_record, text) {
    setText(this.element, text);
  }
}

class MarkedSentence {
  constructor({ index }, choose) {
    const on = {
      click: () => choose(index),
      focus: () => choose(index),
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(index);
      },
    };
    this.element = create("span", { classes: "marked-sentence", attributes: { role: "button", tabindex: "0" }, on });
  }

  update(record, text, sentence, chosen) {
    const stands = standing(record, sentence);
    mark(this.element, "standing", stands);
    mark(this.element, "sentence", sentence.index);
    setText(this.element, text);
    this.element.ariaPressed = String(sentence.index === chosen);
    this.element.ariaDescription = SAID[stands];
  }
}
