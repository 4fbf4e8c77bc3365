// The view of one run: it follows the record and shows what is in it, live or afterwards.

import { go, onChange, parameter } from "./page/address.js";
import { AnswerSection } from "./run/answer_section.js";
import { CritiqueSection } from "./run/critique_section.js";
import { bringIntoView, create, mark, setText, show } from "./page/dom.js";
import { Follower } from "./run/follower.js";
import { IdleView } from "./run/idle_view.js";
import { QuestionView } from "./run/question_view.js";
import { Record } from "./run/record.js";
import { RecruitSection } from "./run/recruit_section.js";
import { RefineSection } from "./run/refine_section.js";
import { PanelsSection } from "./run/section.js";
import { sentenceOf } from "./run/state.js";
import { StepsBar } from "./run/steps_bar.js";

const SECTIONS = {
  recruit: () => new RecruitSection(),
  reason: () => new PanelsSection("reason", "Each reasons alone"),
  critique: () => new CritiqueSection(),
  refine: () => new RefineSection(),
  answer: () => new AnswerSection(),
};

class RunView {
  constructor(element, server, idle) {
    this.element = element;
    this.server = server;
    this.idle = idle ? new IdleView() : null;
    onChange(() => this.open(parameter("run")));
  }

  open(run) {
    if (run === this.run) return;
    this.run = run;
    this.follower?.close();
    mark(this.element, "run", run);
    if (run) this.#follow(run);
    else this.#showIdle();
  }

  #showIdle() {
    mark(this.element, "status", "idle");
    this.element.replaceChildren();
    if (!this.idle) return;
    this.element.append(this.idle.element);
    this.idle.open();
  }

  #follow(run) {
    this.record = new Record(run);
    this.sections = new Map();
    this.sentence = create("p", { classes: "sentence", attributes: { role: "status", "aria-live": "polite" } });
    this.connection = create("p", { classes: "connection", attributes: { role: "status" } });
    this.stop = create("button", { classes: "stop", attributes: { type: "button" }, on: { click: () => this.#stop() } }, "Stop");
    const exported = new URL(`../record/export?run=${encodeURIComponent(run)}`, import.meta.url);
    this.export = create("a", { classes: "link", attributes: { href: exported.href, download: "" } }, "Export");
    this.link = create("a", { classes: "link", attributes: { href: `?run=${encodeURIComponent(run)}` } }, "Link");
    this.question = new QuestionView();
    this.steps = new StepsBar();
    this.notices = create("ul", { classes: "notices", attributes: { "aria-label": "Notices" } });
    this.body = create("div");
    const bar = create("div", { classes: "run-bar" }, this.steps.element, create("div", { classes: "run-state" }, this.sentence, this.stop, this.link, this.export));
    this.element.replaceChildren(this.question.element, bar, this.connection, this.notices, this.body);
    this.#update();
    this.follower = new Follower(run, {
      came: (events, status, problem) => {
        for (const event of events) this.record.apply(event);
        this.record.settle(status);
        setText(this.connection, problem ?? "");
        this.#update();
      },
      lost: () => {
        setText(this.connection, "Connection lost, trying again … The run goes on without this page.");
        this.#update();
      },
      unknown: (message) => this.#showUnknown(message),
    });
  }

  #update() {
    const { record } = this;
    mark(this.element, "status", record.status);
    show(this.connection, Boolean(this.connection.textContent));
    setText(this.sentence, sentenceOf(record));
    show(this.stop, record.running);
    this.question.update(record);
    for (const { step } of record.steps) {
      if (this.sections.has(step)) continue;
      const section = SECTIONS[step]?.() ?? new PanelsSection(step);
      this.sections.set(step, section);
      this.body.append(section.element);
    }
    this.steps.update(record, this.sections);
    for (const section of this.sections.values()) section.update(record);
    for (const notice of record.notices.slice(this.notices.children.length)) this.notices.append(create("li", {}, notice));
    show(this.notices, record.notices.length > 0);
  }

  async #stop() {
    this.stop.disabled = true;
    try {
      await this.server.stop(this.run);
    } finally {
      this.stop.disabled = false;
    }
  }

  #showUnknown(message) {
    mark(this.element, "status", "unknown");
    this.element.replaceChildren(
      create("div", { classes: "empty", attributes: { role: "alert" } },
        create("h2", {}, message),
        create("p", {}, "It may have been deleted, or the link may be cut short."),
        create("a", { attributes: { href: new URL("../traces", import.meta.url).href } }, "All traces"),
      ),
    );
  }
}

export function attach(element, { props, server, watch }) {
  const view = new RunView(element, server, props.idle);
  watch("value", () => {
    if (!props.value) return;
    go({ run: props.value });
    bringIntoView(element);
  });
  view.open(parameter("run"));
}
