// One run in the list of traces.

import { go } from "../page/address.js";
import { colour } from "../page/colour.js";
import { create, mark, setText } from "../page/dom.js";
import { moment, seconds } from "../page/format.js";

export class TraceRow {
  constructor(run, present) {
    this.cells = ["when", "question", "protocol", "experts", "status", "answer", "tokens", "time"].map((name) => create("td", { classes: name }));
    this.element = create("tr", {}, ...this.cells);
    const [when, question, protocol] = this.cells;
    setText(when, moment(run.created_at));
    setText(protocol, run.protocol);
    const link = create("a", { attributes: { href: `traces?run=${encodeURIComponent(run.id)}`, dir: "auto" }, on: { click: (event) => open(event, run.id) } }, run.question);
    question.append(link);
    if (run.snippet?.length) {
      const parts = run.snippet.map(([text, matches]) => (matches ? create("mark", {}, text) : text));
      question.append(create("p", { classes: "snippet quiet", attributes: { dir: "auto" } }, ...parts));
    }
    this.present = present;
    this.update(run);
  }

  update(run) {
    this.run = run;
    const [, , , experts, status, answer, tokens, time] = this.cells;
    mark(this.element, "run", run.id);
    mark(this.element, "status", run.status);
    if (run.experts.length !== experts.children.length) experts.replaceChildren(...run.experts.map((name) => this.#expert(name)));
    setText(status, run.status);
    const judged = run.correct === true ? " ✓" : run.correct === false ? " ✗" : "";
    setText(answer, run.answer === null ? "–" : `${run.answer}${judged}`);
    mark(answer, "correct", run.correct);
    setText(tokens, run.tokens ? run.tokens.toLocaleString("en-GB") : "–");
    setText(time, run.seconds ? seconds(run.seconds) : "–");
  }

  /** An expert with its colour, where the run's pool is the one in use: of others only names are known. */
  #expert(name) {
    const place = this.run.pool === this.present.pool ? this.present.experts.findIndex((expert) => expert.name === name) : -1;
    const shown = create("span", { classes: "who" }, place < 0 ? name : this.present.experts[place].title);
    colour(shown, place);
    return shown;
  }
}

/** Opened in place; with a modifier key the browser opens the link as it always does. */
function open(event, run) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ run });
}
