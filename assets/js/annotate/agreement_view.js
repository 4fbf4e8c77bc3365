// How far annotators agree on a queue, and what can be done with what they said.

import { at } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { count, row } from "../page/format.js";
import { get } from "../page/read.js";
import { may } from "../page/session.js";
import { entitle } from "../page/title.js";
import { DisputedList } from "./disputed_list.js";
import { alphaTable, judgeTable, pairTable } from "./figures.js";
import { ImportField } from "./import_field.js";
import { JudgingPanel } from "./judging_panel.js";
import { Labels } from "./labels.js";
import { annotateLink } from "./links.js";
import { annotatorName } from "./others_said.js";
import { filterWords } from "./words.js";

const EXPORTS = [["jsonl", "JSON Lines"], ["csv", "CSV"], ["dpo", "Preference pairs"]];

const CRITICAL = ["critique", "review"];

export class AgreementView {
  #queue = null;

  constructor() {
    this.title = create("h1", { attributes: { tabindex: -1, dir: "auto" } });
    this.about = create("p", { classes: "quiet" });
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.ways = create("nav", { attributes: { "aria-label": "This queue" } });
    this.people = create("p", { classes: "annotators" });
    this.tables = create("div", { classes: "tables" });
    this.disputed = new DisputedList();
    this.judging = new JudgingPanel(() => this.#queue && this.open(this.#queue));
    this.exports = create("p", { classes: "exports" });
    this.importing = new ImportField(() => this.open(this.#queue));
    this.owned = create("div", {}, this.disputed.element, this.judging.element, create("section", {}, create("h2", {}, "Take away, bring in"), this.exports, this.importing.element));
    this.element = create("div", { classes: "agreement-view" }, this.ways, this.told, this.title, this.about, this.people, this.tables, this.owned);
  }

  async open(id) {
    const first = id !== this.#queue;
    this.#queue = id;
    if (first) this.#begin();
    const path = `annotation/queues/${encodeURIComponent(id)}`;
    try {
      const [{ queue }, agreement, owner, judge] = await Promise.all([get(path), get(`${path}/agreement`), may("owner"), may("annotator")]);
      if (id !== this.#queue) return;
      this.#show(queue, agreement, judge);
      show(this.owned, owner);
      const critical = CRITICAL.includes(queue.filters.step); // models judge nothing else
      show(this.judging.element, critical);
      if (owner) await Promise.all([this.disputed.look(queue, new Labels(queue.schema)), critical && this.judging.open(id)]);
      if (first) this.title.focus({ preventScroll: true });
    } catch (error) {
      setText(this.told, error.status ? error.message : "The connection is lost: load the page again when it is back.");
      show(this.told, true);
    }
  }

  close() {
    this.#queue = null;
    this.judging.close();
  }

  #begin() {
    setText(this.told, "Loading …");
    show(this.told, true);
    for (const part of [this.title, this.about, this.people, this.owned]) show(part, false);
    this.tables.replaceChildren();
    this.ways.replaceChildren(annotateLink({}, "← Queues"));
  }

  #show(queue, { items, shared, annotations, stale, annotators, everyone, people, judges }, judge) {
    entitle("Agreement", queue.title);
    show(this.told, false);
    for (const part of [this.title, this.about, this.people]) show(part, true);
    setText(this.title, `Agreement: ${queue.title}`);
    setText(this.about, row(filterWords(queue.filters), `${count(items, "item")} judged of ${queue.items}`, `${shared} by more than one`, count(annotations, "judgement"), stale ? `${stale} left out: the text has changed since` : null));
    this.ways.replaceChildren(annotateLink({}, "← Queues"), " ", judge ? annotateLink({ queue: queue.id }, "Annotate") : "");
    this.people.replaceChildren(...annotators.flatMap((one, place) => [place ? ", " : "", annotatorName({ ...one, annotator: one.name }), ` ${one.annotations}`]));
    if (!annotators.length) this.people.replaceChildren("Nobody has judged anything here yet.");
    const some = annotators.length > 1;
    this.tables.replaceChildren(
      ...(some
        ? [
            alphaTable(people ? "Krippendorff’s alpha, people and models" : "Krippendorff’s alpha", everyone),
            people ? alphaTable("Krippendorff’s alpha, people only", people) : "",
            pairTable("Two by two", everyone.pairs),
            judges.length ? judgeTable(judges) : "",
          ]
        : [create("p", { classes: "quiet" }, "Agreement can be told once two have judged the same items: make the queue ask for two judgements per item, or have a model judge it.")]),
    );
    const path = at(`annotation/queues/${encodeURIComponent(queue.id)}/export`);
    this.exports.replaceChildren("Export: ", ...EXPORTS.flatMap(([format, words], place) => [place ? " · " : "", create("a", { classes: "link", attributes: { href: `${path}?format=${format}`, download: "" } }, words)]));
  }
}
