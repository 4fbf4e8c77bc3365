// Everything there is to see of one run. What it shows depends on the record alone, so it follows a run that goes on as well
// as one that is replayed, forwards and backwards.

import { create, Keyed, mark, setText, show } from "../page/dom.js";
import { Curation } from "./curation.js";
import { QuestionView } from "./question_view.js";
import { renderedTexts } from "./rendered_texts.js";
import { RunActions } from "./run_actions.js";
import { sectionsOf } from "./sections.js";
import { isLarge, sentenceOf } from "./state.js";
import { StepsBar } from "./steps_bar.js";
import { Timeline } from "./timeline.js";

const ELSEWHERE = "Another Disputatio asks this run, such as a command line: stop it there.";

export class RunDisplay {
  /** `stop()` stops the run; a promise of whether it could. */
  constructor(run, stop) {
    this.question = new QuestionView();
    this.actions = new RunActions(run, () => this.#chooseTexts());
    this.sentence = create("p", { classes: "sentence", attributes: { role: "status", "aria-live": "polite" } }, "Opening the run …");
    this.stop = create("button", { classes: "button danger stop", attributes: { type: "button", "data-needs": "owner" }, on: { click: () => this.#stop(stop) } }, "Stop");
    this.connection = create("p", { classes: "connection", attributes: { role: "status" } });
    this.refusal = create("p", { classes: "connection", attributes: { role: "status" } });
    this.notices = create("ul", { classes: "notices", attributes: { "aria-label": "Notices" } });
    this.noticed = new Keyed(this.notices, ({ message }) => ({ element: create("li", { attributes: { dir: "auto" } }, message) }));
    this.body = create("div");
    this.sections = new Keyed(this.body, ({ make }) => make());
    this.timeline = new Timeline();
    this.curation = new Curation(run);
    this.steps = new StepsBar(this.sections.parts);
    const bar = create("div", { classes: "run-bar" }, this.steps.element, create("div", { classes: "run-state" }, this.sentence, this.stop));
    this.element = create(
      "div",
      { classes: "run-display" },
      this.question.element,
      this.actions.element,
      this.curation.element,
      bar,
      this.connection,
      this.refusal,
      this.notices,
      this.body,
      this.timeline.element,
    );
    this.say("");
    this.#refuse("");
    this.#chooseTexts();
  }

  /** `replayed` says that the record is an earlier moment of the run, which nothing can be done about. */
  update(record, replayed = false) {
    mark(this.element, "large", isLarge(record) ? "" : null);
    setText(this.sentence, sentenceOf(record));
    show(this.stop, record.running && !replayed);
    this.running = record.running;
    if (!record.running) this.#refuse("");
    this.actions.update(record, replayed);
    this.curation.update(record, replayed);
    this.question.update(record);
    this.sections.update(sectionsOf(record), ({ key }) => key, (section, { steps }) => {
      mark(section.element, "step", steps.join(" "));
      section.update(record);
    });
    this.timeline.update(record);
    this.steps.update(record);
    this.noticed.update(record.notices.map((message, place) => ({ message, place })), ({ place }) => place, () => {});
    show(this.notices, record.notices.length > 0);
  }

  /** Say what is wrong with following the run, or nothing. */
  say(words) {
    setText(this.connection, words);
    show(this.connection, Boolean(words));
  }

  async #stop(stop) {
    this.stop.disabled = true;
    try {
      this.#refuse((await stop()) || !this.running ? "" : ELSEWHERE);
    } catch {
      this.#refuse(this.running ? "The run could not be stopped: the connection is lost. Try again." : "");
    } finally {
      this.stop.disabled = false;
    }
  }

  /** Say why the run cannot be stopped, or nothing. */
  #refuse(words) {
    setText(this.refusal, words);
    show(this.refusal, Boolean(words));
  }

  #chooseTexts() {
    mark(this.element, "texts", renderedTexts.wanted ? "rendered" : "plain");
  }
}
