// The experts of a run, each in its colour: a few by name, of many the rest as a number.

import { colour } from "../page/colour.js";
import { create } from "../page/dom.js";

const MOST = 4;

/** What stands in the cell for `experts`, each {name, title, place}. */
export function expertsShown(experts) {
  const named = experts.length > MOST ? experts.slice(0, MOST - 1) : experts;
  const rest = experts.slice(named.length).map(({ title }) => title);
  return [
    ...named.map(({ title, place }) => {
      const shown = create("span", { classes: "who", attributes: { title } }, title);
      colour(shown, place);
      return shown;
    }),
    rest.length ? create("span", { classes: "quiet", attributes: { title: rest.join(", ") } }, `and ${rest.length} more`) : null,
  ].filter(Boolean);
}
