// A cell of the heat map: colour for the share right, size for the number of questions, and both in numbers.

import { create, mark } from "../page/dom.js";

const SMALLEST = 0.42; // the side of a tile of one question, as a part of the largest

/** What `right` of `answered` looks like, where `most` is the most questions any skill has. */
export function tile(right, answered, most, whose = "") {
  if (!answered) return create("span", { classes: "tile none", attributes: { title: `${whose}: no answer` } }, "–");
  const share = right / answered;
  const element = create("span", { classes: "tile", attributes: { title: `${whose}: ${right} of ${answered} right` } }, create("span", { classes: "number" }, `${right}/${answered}`));
  mark(element, "mostly", share < 0.5 ? "wrong" : "right");
  // Twice the distance from one half: 0 where as many are right as wrong, 1 where all are the same.
  element.style.setProperty("--strength", Math.abs(2 * share - 1).toFixed(3));
  element.style.setProperty("--side", side(answered, most).toFixed(3));
  return element;
}

function side(answered, most) {
  return SMALLEST + (1 - SMALLEST) * (Math.log(answered) / Math.log(Math.max(2, most)));
}
