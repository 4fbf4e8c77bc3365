// One batch in the list.

import { create, mark, setText, show } from "../page/dom.js";
import { moment } from "../page/format.js";
import { batchLink } from "./links.js";
import { accuracyBar } from "./accuracy_bar.js";
import { mean, place, progress } from "./words.js";

const COLUMNS = ["when", "file", "protocol", "place", "done", "accuracy", "tokens", "calls", "seconds"];

export class BatchRow {
  constructor({ batch }) {
    this.id = batch.id;
    this.cells = Object.fromEntries(COLUMNS.map((name) => [name, create("td", { classes: name })]));
    this.link = batchLink({ batch: batch.id }, batch.title, "");
    this.bar = create("progress", { attributes: { max: batch.questions, "aria-label": `Questions done of ${batch.title}` } });
    this.words = create("span");
    this.cells.file.append(this.link);
    this.cells.done.append(this.words, this.bar);
    this.element = create("tr", { attributes: { "data-batch": batch.id } }, ...Object.values(this.cells));
    setText(this.cells.when, moment(batch.created_at));
    this.cells.when.title = new Date(batch.created_at * 1000).toLocaleString("en-GB");
    setText(this.cells.protocol, batch.protocol);
    setText(this.cells.place, place(batch));
  }

  /** Show how far the batch is and its figures as they are now. */
  update({ batch, figures }) {
    const { accuracy, tokens, calls, seconds } = this.cells;
    mark(this.element, "status", batch.status);
    setText(this.words, `${progress(batch, figures)}${batch.status === "interrupted" ? ", interrupted" : ""}`);
    this.bar.value = figures.done;
    show(this.bar, batch.status === "running");
    accuracy.replaceChildren(accuracyBar(figures.accuracy));
    setText(tokens, mean(figures.tokens));
    setText(calls, mean(figures.calls));
    setText(seconds, mean(figures.seconds));
  }
}
