// The text as it is rewritten: what changed in it, and the two rewrites with who voted for which.

import { create, Keyed, label, setText, show } from "../page/dom.js";
import { count, row, seconds } from "../page/format.js";
import { read } from "../page/read.js";
import { CandidatePanel, Candidates } from "./candidate_panel.js";
import { ChoiceVotes } from "./choice_votes.js";
import { Section } from "./section.js";

const TAGS = { kept: "span", removed: "del", added: "ins" };
const SUBJECT = "refine";

export class RewriteSection extends Section {
  #asked = false;
  #wanted = true; // whether the reader wants to see the changes

  constructor() {
    super("The text, rewritten");
    this.toggle = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#toggle() } });
    this.element.firstElementChild.append(this.toggle);
    this.text = create("p", { classes: "rewritten", attributes: { dir: "auto" } });
    this.changes = create("div", { classes: "changes rewritten", attributes: { tabindex: "0", role: "group", dir: "auto" } });
    label(this.changes, "The text with its changes against the first one");
    this.numbers = create("p", { classes: "numbers quiet" });
    this.votes = new ChoiceVotes("Votes on the rewrites");
    this.candidates = new Candidates("refine", SUBJECT, "Rewrites", () => new RewritePanel());
    this.element.append(this.text, this.changes, this.numbers, this.votes.element, this.candidates.element);
  }

  update(record) {
    this.record = record;
    const { rewritten } = record.faithfulness;
    const there = rewritten !== null;
    if (there && !this.#asked) this.#compare(record.run);
    const changed = there && this.changes.hasChildNodes();
    setText(this.text, there ? rewritten.text : "");
    show(this.text, there && !(changed && this.#wanted));
    show(this.changes, changed && this.#wanted);
    show(this.toggle, changed);
    setText(this.toggle, this.#wanted ? "Show the text" : "Show the changes");
    this.say(there && rewritten.call === null ? "stays as it was" : "");
    this.votes.update(record, SUBJECT);
    this.candidates.update(record);
    const tokens = [...record.calls.values()].reduce((sum, call) => sum + call.tokens, 0);
    const { finished } = record;
    show(this.numbers, finished !== null);
    if (finished) setText(this.numbers, row(count(tokens, "token"), seconds(finished.seconds), count(record.calls.size, "call")));
  }

  async #compare(run) {
    this.#asked = true;
    try {
      const changes = await read(`runs/${encodeURIComponent(run)}/rewrite`);
      if (changes.some(({ operation }) => operation !== "kept")) {
        this.changes.replaceChildren(...changes.map(({ operation, text }) => create(TAGS[operation], {}, text)));
      }
    } catch {
      this.#asked = false; // the text stands there; the next update asks again
      return;
    }
    this.update(this.record);
  }

  #toggle() {
    this.#wanted = !this.#wanted;
    this.update(this.record);
  }
}

/** A rewrite: where it gives sentences by name, they are listed in the place of its JSON. */
class RewritePanel extends CandidatePanel {
  constructor() {
    super();
    this.list = create("ol", { classes: "rewritten-sentences" });
    this.text.element.after(this.list);
    this.sentences = new Keyed(this.list, ({ number }) => {
      const words = create("span", { attributes: { dir: "auto" } });
      return { element: create("li", {}, create("span", { classes: "quiet" }, `sentence ${number}`), " ", words), words };
    });
  }

  update(record, call) {
    super.update(record, call);
    const sentences = call.state === "done" ? sentencesIn(call.text) : [];
    this.sentences.update(sentences, ({ number }) => number, ({ words }, { text }) => setText(words, text));
    show(this.list, sentences.length > 0);
    if (sentences.length) show(this.text.element, false);
  }
}

function sentencesIn(text) {
  try {
    const named = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
    return Object.entries(named)
      .map(([name, sentence]) => ({ number: name.match(/^sentence_(\d+)$/)?.[1], text: String(sentence) }))
      .filter(({ number }) => number !== undefined);
  } catch {
    return []; // it is a whole text, or was not written as asked
  }
}
