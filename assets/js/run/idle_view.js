// Nothing asked yet: who is there to ask, and how each of them stands.

import { at } from "../page/address.js";
import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";
import { bytes, count, percent, row, size } from "../page/format.js";
import { get } from "../page/read.js";

const AGAIN = 2_000; // milliseconds until the next look while something is loaded or fetched

export class IdleView {
  #timer = null;
  #asked = null; // the latest question to the server; answers to earlier ones are dropped

  constructor() {
    this.element = create("div", { classes: "idle" });
  }

  async open() {
    const asked = (this.#asked = Symbol());
    let known = null;
    let problem = "";
    try {
      known = await get("engine/experts");
    } catch (error) {
      problem = error.status ? error.message : "see whether Disputatio is running.";
    }
    if (asked !== this.#asked) return;
    this.element.replaceChildren(...(known ? shown(known) : troubled(problem, () => this.open())));
    if (known && moves(known)) this.#timer = setTimeout(() => this.open(), AGAIN);
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked = null;
  }
}

function moves({ experts, pull }) {
  return experts.some(({ state }) => state === "loading") || going(pull);
}

function going(pull) {
  return Boolean(pull) && !["done", "failed"].includes(pull.phase);
}

function shown(known) {
  return [
    ...(known.missing ? [weightsMissing(known)] : []),
    create("ul", { classes: "expert-cards", attributes: { "aria-label": "Experts of the pool" } }, ...known.experts.map(card)),
    create("p", { classes: "quiet" }, `Pool ${known.title}, run by ${known.runtime}.`),
  ];
}

function troubled(problem, again) {
  return [
    create("p", { classes: "problem", attributes: { role: "alert" } }, `The experts cannot be listed: ${problem}`),
    create("div", {}, create("button", { classes: "button", attributes: { type: "button" }, on: { click: again } }, "Try again")),
  ];
}

function card(expert) {
  const unusable = expert.state === "failed" || expert.weights.state === "unfit";
  const element = create(
    "li",
    { classes: "expert-card" },
    create("strong", { classes: "who" }, expert.title),
    create("span", { classes: "quiet" }, ` ${size(expert)}`),
    create("p", { classes: unusable ? "problem" : "quiet" }, standing(expert)),
  );
  colour(element, expert.place);
  return element;
}

function standing({ state, share, message, weights }) {
  if (state === "failed") return message;
  if (state === "loading") return share === null ? "loading" : `loading ${percent(share)}`;
  if (state === "loaded") return "loaded";
  if (weights.state === "unfit") return weights.reason;
  return weights.state === "missing" ? row("weights missing", bytes(weights.bytes)) : "loaded when it is needed";
}

/** What to do where weights are not on this machine. */
function weightsMissing({ missing, bytes_missing: size, pull }) {
  const fetched = going(pull);
  const words = fetched ? "Weights are being fetched." : `The weights of ${count(missing, "model")} are missing (${bytes(size)}): without them, these experts cannot answer.`;
  const link = create("a", { classes: "link", attributes: { href: at("experts") } }, fetched ? "See how far it is" : "Fetch them on the page Experts");
  return create("p", { classes: "weights-missing" }, `${words} `, link);
}
