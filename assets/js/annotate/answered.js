// What an expert answered, and whether that is right.

import { create } from "../page/dom.js";

/** As parts of a line; a style sheet hides whether it is right as long as the right answer is hidden. */
export function answered({ answer, correct }) {
  const words = answer === null ? "no answer could be read" : `answer ${answer}`;
  if (correct === null) return [words];
  return [words, " ", create("span", { classes: "verdict", attributes: { "data-correct": String(correct) } }, correct ? "right" : "wrong")];
}
