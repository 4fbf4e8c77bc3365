// Choosing two to four experts of a run whose traces are put side by side, or another run beside it.

import { columnName, compareHref, FEWEST, MOST } from "../compare/columns.js";
import { colour } from "../page/colour.js";
import { create, Keyed, setText, show } from "../page/dom.js";

const ASIDE = ["recruit", "answer"]; // steps whose texts are of the run

export class CompareExperts {
  #ticked = new Set();

  constructor(run) {
    this.run = run;
    this.list = create("ul", {});
    this.kept = new Keyed(this.list, ({ name }) => new ExpertTick((ticked) => this.#tick(name, ticked)));
    this.link = create("a", { classes: "link" }, "Compare");
    this.said = create("span", { classes: "quiet" });
    this.whole = create("a", { classes: "link", attributes: { href: compareHref([run]) } }, "The run with another");
    this.title = create("summary", { classes: "link" });
    this.choice = create("div", {}, this.list, this.link, this.said);
    this.element = create(
      "details",
      { classes: "menu compare-experts", on: { keydown: (event) => this.#pressed(event), focusout: (event) => this.#left(event) } },
      this.title,
      create("div", { classes: "choice" }, this.choice, this.whole),
    );
    this.#tell();
  }

  /** Offer those who took part: recruited, or with a text of their own but keywords and the conclusion. */
  update(record) {
    const writers = [...record.calls.values()].filter(({ step, scores, votes }) => !ASIDE.includes(step) && !scores && !votes);
    const names = new Set([...(record.recruited?.drawn ?? []), ...writers.map(({ expert }) => expert)]);
    const experts = [...names].map((name) => record.expert(name)).sort((one, other) => one.place - other.place);
    this.kept.update(experts, ({ name }) => name, (tick, expert) => tick.update(expert));
    const several = experts.length >= FEWEST;
    setText(this.title, several ? "Compare experts" : "Compare");
    show(this.choice, several);
    show(this.element, experts.length > 0);
  }

  #tick(name, ticked) {
    if (ticked) this.#ticked.add(name);
    else this.#ticked.delete(name);
    this.#tell();
  }

  #tell() {
    const { size } = this.#ticked;
    const possible = size >= FEWEST && size <= MOST;
    show(this.link, possible);
    show(this.said, !possible);
    setText(this.said, `Tick ${FEWEST} to ${MOST}`);
    this.link.href = compareHref([...this.#ticked].map((name) => columnName(this.run, name)));
  }

  /** The key is used up: it does not close the run as well. */
  #pressed(event) {
    if (event.key !== "Escape" || !this.element.open) return;
    event.preventDefault();
    this.element.open = false;
    this.element.firstElementChild.focus();
  }

  /** A click in the menu that gives nothing the focus leaves it open. */
  #left({ relatedTarget }) {
    if (relatedTarget && !this.element.contains(relatedTarget)) this.element.open = false;
  }
}

class ExpertTick {
  constructor(ticked) {
    this.box = create("input", { attributes: { type: "checkbox" }, on: { change: () => ticked(this.box.checked) } });
    this.words = create("span", { classes: "who" });
    this.element = create("li", {}, create("label", {}, this.box, this.words));
  }

  update(expert) {
    setText(this.words, expert.title);
    colour(this.element, expert.place);
  }
}
