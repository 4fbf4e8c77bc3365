// How the heat map is read: what its colours and its sizes mean.

import { create } from "../page/dom.js";
import { tile } from "./tile.js";

const SHARES = [0, 25, 50, 75, 100];

export class Legend {
  constructor() {
    const shares = SHARES.map((share) => example(tile(share, 100, 100), `${share} %`));
    this.sizes = create("span", { classes: "key" });
    this.element = create("div", { classes: "heat-legend quiet" }, create("span", { classes: "key" }, create("span", {}, "right"), ...shares), this.sizes);
  }

  /** Sizes up to `most`, the most questions that any skill has. */
  show(most) {
    const amounts = [...new Set([1, Math.round(Math.sqrt(most)), most])];
    this.sizes.replaceChildren(create("span", {}, "questions"), ...amounts.map((amount) => example(tile(amount, amount, most), amount.toLocaleString("en-GB"))));
  }
}

function example(shown, words) {
  return create("span", { classes: "example" }, shown, create("span", {}, words));
}
