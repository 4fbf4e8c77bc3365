// The first thing to know of a batch: the share it has right, and how sure that is.

import { create, refill, show } from "../page/dom.js";
import { runsLink } from "./links.js";
import { accuracyBar } from "./accuracy_bar.js";
import { mean, progress } from "./words.js";

export class Outcome {
  constructor() {
    this.headline = create("div", { classes: "headline" });
    this.counts = create("p", { classes: "counts" });
    this.note = create("p", { classes: "quiet note" });
    this.bar = create("progress", { attributes: { "aria-label": "Questions done" } });
    this.costs = create("dl", { classes: "costs numbers" });
    this.element = create("section", { classes: "outcome", attributes: { "aria-label": "Outcome" } }, this.headline, this.bar, this.counts, this.note, this.costs);
  }

  update({ batch, figures, unanswered }) {
    const { accuracy, done, wrong, failed } = figures;
    refill(this.headline, accuracy ? accuracyBar(accuracy) : create("p", {}, done ? "No question of this batch has a known answer to judge by." : "No question is done yet."));
    this.bar.max = batch.questions;
    this.bar.value = done;
    show(this.bar, batch.status !== "done");
    const counted = [
      [accuracy?.right ?? 0, "right", { correct: "right" }],
      [wrong, "wrong", { correct: "wrong" }],
      [failed, "failed", { status: "failed" }],
    ].filter(([value, words]) => value || words !== "failed");
    refill(
      this.counts,
      ...counted.flatMap(([value, words, criteria]) => [runsLink(value, { batch: batch.id, ...criteria }, words), ` ${words} · `]),
      runsLink(done, { batch: batch.id, status: "ended" }, "done"),
      ` ${said(batch, figures)}`,
    );
    refill(this.note, ...missing(batch.id, unanswered, accuracy ? accuracy.of - accuracy.right - wrong : 0), interrupted(batch));
    show(this.note, Boolean(this.note.textContent));
    const costs = [["tokens read and written a question", figures.tokens], ["calls and scorings a question", figures.calls], ["seconds a question", figures.seconds]];
    refill(this.costs, ...costs.map(([words, value]) => create("div", {}, create("dd", {}, mean(value)), create("dt", {}, words))));
  }
}

function said(batch, figures) {
  const whole = progress(batch, figures);
  return whole.startsWith(`${figures.done} of`) ? whole.slice(String(figures.done).length + 1) : "in all";
}

/** Why judged questions are not right without a wrong answer: `failed` broke off. */
function missing(batch, unanswered, failed) {
  const unread = [runsLink(unanswered, { batch, without: "answer", correct: "judged" }, "without an answer"), ` ${unanswered === 1 ? "has" : "have"} no answer that could be read`];
  const broken = [runsLink(failed, { batch, status: "failed", correct: "judged" }, "failed"), " broke off"];
  const parts = [...(unanswered ? [unread] : []), ...(failed ? [broken] : [])];
  return parts.length ? ["Of those not right, ", ...parts.flatMap((part, n) => (n ? [", ", ...part] : part)), ". "] : [];
}

function interrupted({ status, questions }) {
  return status === "interrupted" ? `Interrupted before all ${questions} were done: the same command goes on where it stopped.` : "";
}
