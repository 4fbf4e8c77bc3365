// What each expert answered on its own, before any other had a say, and how often it was loaded.

import { colour } from "../page/colour.js";
import { create, refill, show } from "../page/dom.js";
import { runsLink } from "./links.js";
import { accuracyBar } from "./accuracy_bar.js";

const COLUMNS = ["expert", "accuracy", "right", "wrong", "loads"];

export class ExpertTable {
  constructor() {
    this.body = create("tbody");
    const head = create("tr", {}, ...COLUMNS.map((column) => create("th", { attributes: { scope: "col" } }, column)));
    this.element = create(
      "section",
      {},
      create("h2", {}, "By expert"),
      create("p", { classes: "quiet" }, "Answers that experts reasoned out on their own; several of one question count each, those that could not be read as wrong."),
      create("table", { classes: "parts" }, create("thead", {}, head), this.body),
    );
  }

  update({ batch, experts }) {
    show(this.element, experts.length > 0);
    refill(this.body, ...experts.map((expert) => row(batch.id, expert)));
  }
}

function row(batch, { name, title, place, accuracy, loads }) {
  const who = create("span", { classes: "who" }, title);
  colour(who, place);
  const right = accuracy?.right ?? 0;
  const wrong = (accuracy?.of ?? 0) - right;
  return create(
    "tr",
    {},
    create("th", { attributes: { scope: "row" } }, who),
    create("td", {}, accuracyBar(accuracy)),
    create("td", { classes: "number" }, runsLink(right, { batch, status: "ended", right_by: name }, `right answers of ${title}`)),
    create("td", { classes: "number" }, runsLink(wrong, { batch, status: "ended", wrong_by: name }, `wrong answers of ${title}`)),
    create("td", { classes: "number" }, loads.toLocaleString("en-GB")),
  );
}
