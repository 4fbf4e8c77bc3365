// The form that makes a queue, with how much it would take.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { get, read } from "../page/read.js";
import { send } from "../page/send.js";
import { callWords, filterWords } from "./words.js";

const AFTER_TYPING = 250; // milliseconds without a change before the matching calls are counted
const STEPS = [["critique", "Critiques"], ["reason", "First answers"], ["refine", "Refined answers"], ["answer", "Conclusions"]];
const RIGHT_OR_WRONG = [["", "right or wrong"], ["right", "right"], ["wrong", "wrong"]];

export class NewQueue {
  #timer = null;
  #filled = false;

  constructor() {
    this.fields = {
      title: field("text", { placeholder: "named after what it takes" }),
      step: select(STEPS),
      text: field("search", { placeholder: "any" }),
      protocol: select([["", "any"]]),
      expert: select([["", "any"]]),
      batch: select([["", "any"]]),
      answers: select(RIGHT_OR_WRONG),
      verdict: select([["", "any"], ["right", "finds the answer right"], ["wrong", "finds the answer wrong"]]),
      label_schema: select([]),
      per_item: field("number", { min: 1, max: 50, value: 1 }),
      annotators: field("text", { placeholder: "anyone" }),
      blind: field("checkbox", { checked: true }),
      anonymous: field("checkbox", {}),
    };
    const f = this.fields;
    this.count = create("p", { classes: "matching", attributes: { role: "status" } });
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    this.make = create("button", { classes: "button primary", attributes: { type: "submit" } }, "Make the queue");
    this.form = create(
      "form",
      { classes: "new-queue-form", on: { submit: (event) => this.#submit(event), input: () => this.#soon() } },
      part("What is judged", named("Step", f.step), named("Words in the run", f.text), named("Protocol", f.protocol), named("Written by", f.expert), named("Batch", f.batch), named("Criticised answer", f.answers), named("Critic's verdict", f.verdict)),
      part("How", named("Title", f.title), named("Labels", f.label_schema), named("Judgements per item", f.per_item), named("Annotators (names, with commas)", f.annotators), ticked("Blind: nobody sees what others said", f.blind), ticked("Hide who wrote what", f.anonymous)),
      create("div", { classes: "make" }, this.make, this.count, this.problem),
    );
    show(this.problem, false);
    this.element = create("details", { classes: "new-queue", on: { toggle: () => this.element.open && this.#fill() } }, create("summary", {}, "New queue"), this.form);
  }

  get #filters() {
    const { step, text, protocol, expert, batch, answers, verdict } = this.fields;
    const criticised = step.value === "critique" ? verdict.value : "";
    return { step: step.value, text: text.value.trim(), protocol: protocol.value, expert: expert.value, batch: batch.value, answers: answers.value, verdict: criticised };
  }

  async #fill() {
    this.#soon(0);
    if (this.#filled) return;
    try {
      const [facets, { schemas, problems }] = await Promise.all([read("facets"), get("annotation/queues/schemas")]);
      offer(this.fields.protocol, facets.protocols.map((name) => [name, name]));
      offer(this.fields.expert, facets.experts.map(({ name, title }) => [name, title]));
      offer(this.fields.batch, facets.batches.map(({ id, title, protocol }) => [id, `${title}, ${protocol}`]));
      offer(this.fields.label_schema, schemas.map(({ name, title }) => [name, title]));
      this.#filled = true;
      this.#say(problems.join(" "));
    } catch (error) {
      this.#say(error.status ? error.message : "The connection is lost: fold this form and open it again.");
    }
  }

  #soon(pause = AFTER_TYPING) {
    this.fields.verdict.closest("label").hidden = this.fields.step.value !== "critique";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#count(), pause);
  }

  async #count() {
    const filters = this.#filters;
    this.fields.title.placeholder = this.#named(filters);
    const timer = this.#timer;
    const said = await send("annotation/queues/count", filters).then(({ matching }) => `${callWords(matching, filters.step)} ${matching === 1 ? "matches" : "match"}.`, ({ status, message }) => (status ? message : "The connection is lost."));
    if (timer === this.#timer) setText(this.count, said);
  }

  #named(filters) {
    return filterWords({ ...filters, runs: [], expert: titleOf(this.fields.expert) });
  }

  async #submit(event) {
    event.preventDefault();
    const { title, label_schema: schema, per_item: wanted, annotators, blind, anonymous } = this.fields;
    const filters = this.#filters;
    this.make.disabled = true;
    try {
      const { queue } = await send("annotation/queues", {
        title: title.value.trim() || this.#named(filters),
        filters,
        ...(schema.value && { label_schema: schema.value }),
        per_item: Number(wanted.value) || 1,
        annotators: annotators.value.split(",").map((name) => name.trim()).filter(Boolean),
        blind: blind.checked,
        anonymous: anonymous.checked,
      });
      this.#say("");
      this.element.open = false;
      go({ queue: queue.id });
    } catch (error) {
      this.#say(error.status ? error.message : "The connection is lost: nothing was made. Try again.");
    }
    this.make.disabled = false;
  }

  #say(words) {
    setText(this.problem, words);
    show(this.problem, Boolean(words));
  }
}

function field(type, attributes) {
  return create("input", { classes: type === "checkbox" ? "" : "field", attributes: { type, autocomplete: "off", ...attributes } });
}

function select(options) {
  const made = create("select", { classes: "field" });
  offer(made, options);
  return made;
}

function offer(made, options) {
  made.append(...options.map(([value, words]) => create("option", { attributes: { value } }, words)));
}

function titleOf(made) {
  return made.value && made.selectedOptions[0].textContent;
}

function named(words, control) {
  return create("label", {}, create("span", { classes: "quiet" }, words), control);
}

function ticked(words, control) {
  return create("label", { classes: "ticked" }, control, words);
}

function part(words, ...controls) {
  return create("fieldset", {}, create("legend", {}, words), ...controls);
}
