// Having a model judge a queue, with how far it is.

import { at } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { get } from "../page/read.js";
import { send } from "../page/send.js";
import { Watch } from "../page/watch.js";

export class JudgingPanel {
  #path = null;
  #running = false;

  /** `judged()` is called when a model has come to its end. */
  constructor(judged) {
    this.judged = judged;
    this.experts = create("select", { classes: "field", attributes: { "aria-label": "Model that judges" } });
    this.ask = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#act("judge", { expert: this.experts.value }) } }, "Ask a model to judge");
    this.stop = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.#act("judging/stop") } }, "Stop");
    this.bar = create("progress", { attributes: { "aria-label": "Items judged by the model" } });
    this.state = create("p", { attributes: { role: "status" } });
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    this.runs = create("p", { classes: "quiet" });
    this.watch = new Watch(() => this.#look());
    this.element = create("section", { classes: "judging" }, create("h2", {}, "Model judges"), create("p", { classes: "quiet" }, "A model judges as people do, so that it can be compared with them. Its judgements are marked as a model's."), create("div", { classes: "judging-line" }, this.experts, this.ask, this.stop, this.bar), this.state, this.problem, this.runs);
  }

  open(queue) {
    this.#path = `annotation/queues/${encodeURIComponent(queue)}`;
    return this.#look();
  }

  close() {
    this.#path = null;
    this.watch.set(false);
  }

  async #look() {
    const path = this.#path;
    if (path === null) return;
    try {
      const judging = await get(`${path}/judging`);
      if (path === this.#path) this.#show(judging);
    } catch (error) {
      this.#say(error.status ? error.message : "The connection is lost.");
    }
  }

  async #act(what, body = {}) {
    try {
      this.#say("");
      this.#show(await send(`${this.#path}/${what}`, body));
    } catch (error) {
      this.#say(error.status ? error.message : "The connection is lost: try again.");
    }
  }

  #show({ running, title, items, done, failed, problem, stopped, runs, experts }) {
    const known = [...this.experts.options].map(({ value }) => value);
    if (experts.length !== known.length || experts.some(({ name }, place) => name !== known[place])) this.experts.replaceChildren(...experts.map(({ name, title: words }) => create("option", { attributes: { value: name } }, words)));
    show(this.stop, running);
    show(this.bar, running);
    this.ask.disabled = running || !experts.length;
    this.bar.max = Math.max(1, items);
    this.bar.value = done + failed;
    setText(this.state, title === null ? "" : `${title}: ${done} of ${items} judged${failed ? `, ${failed} could not be` : ""}${running ? " …" : stopped ? ", stopped." : "."}`);
    this.#say(problem ?? "");
    this.runs.replaceChildren(...(runs.length ? [create("a", { classes: "link", attributes: { href: at(`?run=${encodeURIComponent(runs[0])}`) } }, "What the judge was told last")] : []));
    if (this.#running && !running) this.judged();
    this.#running = running;
    this.watch.set(running);
  }

  #say(words) {
    setText(this.problem, words);
    show(this.problem, Boolean(words));
  }
}
