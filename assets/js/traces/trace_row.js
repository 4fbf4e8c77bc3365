// One run in the list of traces.

import { at, go } from "../page/address.js";
import { create, mark, setText, show } from "../page/dom.js";
import { seconds } from "../page/format.js";
import { when } from "./dates.js";
import { expertsShown } from "./experts_cell.js";

const CELLS = ["tick", "when", "question", "protocol", "experts", "status", "answer", "tokens", "time"];
const SEEN = 60; // characters of a question that surely stand in its two lines

export class TraceRow {
  /** `ticked(row, event)` is called when the reader ticks the run or takes the tick away. */
  constructor(run, ticked) {
    this.cells = Object.fromEntries(CELLS.map((name) => [name, create("td", { classes: name })]));
    this.element = create("tr", { attributes: { "data-run": run.id } }, ...Object.values(this.cells));
    this.box = create("input", { attributes: { type: "checkbox", "aria-label": `Tick: ${run.question.slice(0, 80)}` }, on: { click: (event) => ticked(this, event) } });
    this.cells.tick.append(create("label", {}, this.box));
    this.link = create("a", { attributes: { href: at(`traces?run=${encodeURIComponent(run.id)}`), dir: "auto" }, on: { click: (event) => open(event, run.id) } });
    this.snippet = create("p", { classes: "snippet quiet", attributes: { dir: "auto" } });
    this.marks = create("p", { classes: "marks" });
    this.cells.question.append(this.link, this.snippet, this.marks);
    this.answer = create("span", { attributes: { dir: "auto" } });
    this.cells.answer.append(this.answer);
    this.update(run);
  }

  /** Show the run's summary as it is now. */
  update(run) {
    const before = this.run;
    this.run = run;
    const { when: date, protocol, experts, status, answer, tokens, time } = this.cells;
    mark(this.element, "status", run.status);
    setText(date, when(run.created_at));
    date.title = new Date(run.created_at * 1000).toLocaleString("en-GB");
    setText(protocol, run.protocol);
    setText(status, run.status);
    const judged = run.correct === true ? " ✓" : run.correct === false ? " ✗" : "";
    setText(this.answer, run.answer === null ? `–${judged}` : `${run.answer}${judged}`);
    mark(answer, "correct", run.correct);
    setText(tokens, run.tokens ? run.tokens.toLocaleString("en-GB") : "–");
    setText(time, run.seconds ? seconds(run.seconds) : "–");
    if (differs(before?.experts, run.experts)) experts.replaceChildren(...expertsShown(run.experts));
    if (differs([before?.question, before?.snippet], [run.question, run.snippet])) this.#showMatches(run);
    if (differs([before?.tags, before?.note, before?.annotations], [run.tags, run.note, run.annotations])) this.#showMarks(run);
  }

  tick(ticked) {
    this.box.checked = ticked;
    mark(this.element, "ticked", ticked ? "" : null);
  }

  /** A match near the beginning of the question is marked in it, any other in a snippet below. */
  #showMatches({ question, snippet }) {
    const parts = snippet.filter(([text], place) => place > 0 || text !== "…");
    const found = parts.map(([text]) => text).join("").replace(/…$/, "");
    const start = question.indexOf(found);
    const first = parts.find(([, matches]) => matches)?.[0] ?? "";
    const seen = found !== "" && start >= 0 && start + found.indexOf(first) + first.length <= SEEN;
    this.link.replaceChildren(...(seen ? markedIn(question, start, parts) : [question]));
    this.snippet.replaceChildren(...(seen ? [] : snippet.map(([text, matches]) => (matches ? create("mark", {}, text) : text))));
    show(this.snippet, !seen && snippet.length > 0);
  }

  #showMarks({ tags, note, annotations }) {
    const chips = tags.map((tag) =>
      create("button", { classes: "tag", attributes: { type: "button", title: "Show only runs with this tag", dir: "auto" }, on: { click: () => go({ tag }) } }, tag),
    );
    const noted = note ? create("span", { classes: "noted quiet", attributes: { title: note } }, "✎ note") : null;
    const annotated = annotations ? create("span", { classes: "noted quiet" }, `${annotations} ${annotations === 1 ? "annotation" : "annotations"}`) : null;
    const marks = [...chips, noted, annotated].filter(Boolean);
    this.marks.replaceChildren(...marks);
    show(this.marks, marks.length > 0);
  }
}

/** The whole question, with the matches marked that `parts` has, which begin at `start`. */
function markedIn(question, start, parts) {
  let end = start;
  const shown = parts.map(([text, matches]) => {
    const part = question.slice(end, (end += text.length));
    return matches ? create("mark", {}, part) : part;
  });
  return [question.slice(0, start), ...shown, question.slice(end)];
}

function differs(before, after) {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Opened in place; with a modifier key the browser opens the link as it always does. */
function open(event, run) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ run });
}
