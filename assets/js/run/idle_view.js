// Nothing asked yet: who is there to ask, and how each of them stands.

import { at } from "../page/address.js";
import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";
import { bytes, count, percent, row, size } from "../page/format.js";
import { get } from "../page/read.js";

export class IdleView {
  constructor() {
    this.element = create("div", { classes: "idle" });
  }

  async open() {
    let known;
    try {
      known = await get("engine/experts");
    } catch (error) {
      const again = create("button", { classes: "button", attributes: { type: "button" }, on: { click: () => this.open() } }, "Try again");
      this.element.replaceChildren(create("p", { classes: "problem", attributes: { role: "alert" } }, `The experts cannot be listed: ${error.status ? error.message : "is Disputatio running?"}`), create("div", {}, again));
      return;
    }
    const missing = known.experts.filter((expert) => expert.weights.state === "missing");
    this.element.replaceChildren(
      create("p", { classes: "lead" }, "Pose a question: the experts that suit it best reason alone, critique each other, refine their answers, and one concludes."),
      missing.length ? weightsMissing(missing, known.pull) : "",
      create("ul", { classes: "expert-cards", attributes: { "aria-label": "Experts of the pool" } }, ...known.experts.map(card)),
      create("p", { classes: "quiet" }, `Pool ${known.title}, run by ${known.runtime}.`),
    );
  }
}

function card(expert) {
  const failed = expert.state === "failed";
  const element = create(
    "li",
    { classes: "expert-card" },
    create("strong", { classes: "who" }, expert.title),
    create("span", { classes: "quiet" }, ` ${size(expert)}`),
    create("p", { classes: failed ? "problem" : "quiet" }, standing(expert)),
  );
  colour(element, expert.place);
  return element;
}

function standing({ state, share, message, weights }) {
  if (state === "failed") return message;
  if (state === "loading") return share === null ? "loading" : `loading ${percent(share)}`;
  if (state === "loaded") return "loaded";
  return weights.state === "missing" ? row("weights missing", weights.bytes && bytes(weights.bytes)) : "loaded when it is needed";
}

/** What to do where models are named that are not on this computer. */
function weightsMissing(missing, pull) {
  const total = missing.reduce((sum, { weights }) => sum + (weights.bytes ?? 0), 0);
  const words = pull ? "Weights are being fetched." : `The weights of ${count(missing.length, "expert")} are missing${total ? ` (${bytes(total)})` : ""}.`;
  return create("p", { classes: "weights-missing", attributes: { role: "status" } }, `${words} `, create("a", { classes: "link", attributes: { href: at("experts") } }, pull ? "See how far it is" : "Fetch them on the page Experts"));
}
