// One expert of the pool: the model, how it stands right now, how quick and how often right it is.

import { at } from "../page/address.js";
import { colour } from "../page/colour.js";
import { create, mark, setText, show } from "../page/dom.js";
import { bytes, count, percent, row } from "../page/format.js";

export class ExpertCard {
  constructor() {
    this.name = create("h2", { classes: "who" });
    this.state = create("span", { classes: "state" });
    this.model = create("p", { classes: "model quiet" });
    this.bar = create("progress", { attributes: { max: 1, hidden: true } });
    this.said = create("p", { classes: "said", attributes: { hidden: true } });
    this.speed = new Figure("tokens/s here");
    this.right = new Figure("right in the profile");
    this.critiques = create("p", { classes: "critique-quality quiet" });
    this.critiquesLink = create("a", { classes: "link", attributes: { href: at("annotate") } });
    this.critiquesRest = create("span");
    this.critiques.append("critiques: ", this.critiquesLink, this.critiquesRest);
    this.facts = Array.from({ length: 4 }, () => create("li"));
    this.place = create("code", { classes: "quiet" });
    this.path = create("summary");
    this.weights = create("details", { classes: "weights quiet" }, this.path, this.place);
    this.element = create(
      "li",
      { classes: "pool-expert" },
      create("header", {}, this.name, this.state),
      this.model,
      this.bar,
      this.said,
      create("dl", { classes: "figures" }, this.speed.element, this.right.element),
      this.critiques,
      create("ul", { classes: "facts quiet" }, ...this.facts),
      this.weights,
    );
  }

  update(expert, { profile, critiques_judged_by: judges }) {
    colour(this.element, expert.place);
    setText(this.name, expert.title);
    setText(this.model, expert.model);
    this.#stand(expert);
    const { tokens_per_second: speed, tokens_measured: tokens } = expert;
    this.speed.update(speed === null ? null : speed.toLocaleString("en-GB", { maximumSignificantDigits: 3 }), speed === null ? "not measured yet" : `over ${count(tokens, "token")}`);
    this.right.update(expert.answered ? percent(expert.right / expert.answered) : null, rightOf(expert, profile), expert.answered ? expert.right / expert.answered : null);
[`${parameters(expert.parameters)} parameters`, `${count(expert.context, "token")} of context`, expert.licence, loaded(expert.loads)].forEach(
      (fact, place) => setText(this.facts[place], fact),
    );
    this.#judged(expert.critiques, judges);
    this.#place(expert.weights);
  }

  /** How good its critiques were found; nothing where none was judged. */
  #judged(critiques, judges) {
    show(this.critiques, Boolean(critiques));
    if (!critiques) return;
    const { mean, judged, helpful, harmless, harmful } = critiques;
    setText(this.critiquesLink, `${mean.toFixed(2)} helpful over ${judged} judged${judges === "model" ? " by models" : ""}`);
    setText(this.critiquesRest, ` · ${row(`${helpful} helpful`, `${harmless} harmless`, `${harmful} harmful`)}`);
  }

  #stand({ state, share, message, weights }) {
    const phase = state === "waiting" ? weights.state : state;
    mark(this.element, "state", phase);
    setText(this.state, STANDING[phase]?.(weights) ?? phase);
    show(this.bar, state === "loading");
    if (share === null) this.bar.removeAttribute("value");
    else this.bar.value = share;
    this.bar.ariaLabel = "Loading";
    if (state === "loading" && share !== null) setText(this.state, `loading ${percent(share)}`);
    setText(this.said, phase === "unfit" ? weights.reason : state === "loading" || state === "failed" ? message : "");
    show(this.said, Boolean(this.said.textContent));
  }

  #place({ state, path, bytes: size }) {
    show(this.weights, state === "here");
    if (state !== "here") return;
    setText(this.path, `${bytes(size)} in …/${path.split(/[/\\]/).slice(-2).join("/")}`);
    this.path.title = path;
    setText(this.place, path);
  }
}

const STANDING = {
  loaded: () => "loaded",
  loading: () => "loading",
  failed: () => "failed",
  here: () => "on disk",
  missing: ({ bytes: size }) => (size ? `missing, ${bytes(size)}` : "missing"),
  served: () => "on its server",
  unfit: () => "cannot be run here",
};

function rightOf({ right, answered }, profile) {
  if (!profile) return "no profile";
  return answered ? `${right} of ${answered}` : "not in this profile";
}

function parameters(value) {
  return value >= 1e9 ? `${(value / 1e9).toFixed(1)}B` : `${Math.round(value / 1e6)}M`;
}

function loaded(loads) {
  return loads === 0 ? "not loaded yet" : `loaded ${loads === 1 ? "once" : loads === 2 ? "twice" : `${loads} times`}`;
}

/** A number that is quick to read, what it counts, and on how much it rests; with a bar where it is a share. */
class Figure {
  constructor(title) {
    this.value = create("dd", { classes: "value" });
    this.note = create("dd", { classes: "quiet" });
    this.fill = create("span", { classes: "fill" });
    this.track = create("dd", { classes: "track", attributes: { "aria-hidden": "true" } }, this.fill);
    this.element = create("div", {}, create("dt", { classes: "quiet" }, title), this.value, this.track, this.note);
  }

  update(value, note, share = null) {
    setText(this.value, value ?? "");
    show(this.value, value !== null);
    setText(this.note, note);
    show(this.track, share !== null);
    this.fill.style.width = `${(share ?? 0) * 100}%`;
  }
}
