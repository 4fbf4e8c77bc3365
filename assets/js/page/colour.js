// One colour per expert, the same everywhere: by the expert's place in its pool.

import { mark } from "./dom.js";

const COLOURS = 16;

/** Give an element (and what is in it) the colour of the expert at `place`; style sheets say what that is. */
export function colour(element, place) {
  mark(element, "expert", place === null || place < 0 ? null : place % COLOURS);
}
