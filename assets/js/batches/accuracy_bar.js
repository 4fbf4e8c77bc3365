// An accuracy as a small bar, with its 95% interval as whiskers.

import { create } from "../page/dom.js";
import { percent } from "../page/format.js";

/** The bar of an accuracy {right, of, low, high}, with the share and its interval in words; a dash where there is none. */
export function accuracyBar(accuracy) {
  if (!accuracy) return create("span", { classes: "accuracy-bar quiet" }, "–");
  const { right, of, low, high } = accuracy;
  const fill = create("span", { classes: "fill" });
  fill.style.width = `${(right / of) * 100}%`;
  const whiskers = create("span", { classes: "whiskers" });
  whiskers.style.left = `${low * 100}%`;
  whiskers.style.width = `${(high - low) * 100}%`;
  return create(
    "span",
    { classes: "accuracy-bar", attributes: { title: `${right} of ${of} right; 95% interval ${between(accuracy)}` } },
    create("b", {}, percent(right / of)),
    create("span", { classes: "track", attributes: { "aria-hidden": "true" } }, fill, whiskers),
    create("span", { classes: "quiet interval" }, create("span", { classes: "unseen" }, "95% interval "), between(accuracy)),
  );
}

/** The interval in words: "42 – 71 %". */
export function between({ low, high }) {
  return `${Math.round(low * 100)} – ${percent(high)}`;
}
