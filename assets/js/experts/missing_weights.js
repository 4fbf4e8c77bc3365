// What to do about weights that are not on this machine: how much they are, a button, progress, and why it failed.

import { create, setText, show } from "../page/dom.js";
import { bytes, count } from "../page/format.js";

const DOING = { fetching: "Fetching", checking: "Checking", preparing: "Preparing" };

export class MissingWeights {
  constructor(fetchThem) {
    this.sentence = create("p");
    this.bar = create("progress", { attributes: { max: 1, "aria-label": "Progress of the weights" } });
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    this.button = create("button", { classes: "button primary", attributes: { type: "button", "data-needs": "owner" }, on: { click: () => this.#start(fetchThem) } });
    this.element = create(
      "section",
      { classes: "missing-weights", attributes: { "aria-label": "Weights", hidden: true } },
      create("div", { classes: "words" }, this.sentence, this.problem, this.bar),
      this.button,
    );
  }

  async #start(fetchThem) {
    this.button.disabled = true;
    await fetchThem();
    this.button.disabled = false;
  }

  update({ experts, missing, bytes_missing: size, pull }) {
    const going = Boolean(pull) && !["done", "failed"].includes(pull.phase);
    show(this.element, missing > 0 || going);
    setText(this.sentence, going ? doing(pull, experts) : `The weights of ${count(missing, "model")} are not on this machine yet.`);
    show(this.bar, going);
    if (going && pull.total) this.bar.value = Math.min(1, pull.done / pull.total);
    else this.bar.removeAttribute("value");
    const failed = pull?.phase === "failed";
    setText(this.problem, failed ? pull.problem : "");
    show(this.problem, failed);
    show(this.button, !going);
    setText(this.button, failed ? "Try again" : `Fetch weights (${bytes(size)})`);
  }
}

function doing({ expert, phase, done, total }, experts) {
  if (phase === "waiting") return "Waiting to fetch the weights …";
  const title = experts.find((one) => one.name === expert)?.title ?? expert;
  const far = total ? `: ${bytes(done)} of ${bytes(total)}` : done ? `: ${bytes(done)}` : " …";
  return `${DOING[phase]} ${title}${far}`;
}
