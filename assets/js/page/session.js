// Who is logged in, and what they may do. The server refuses whatever they may not; the pages only do not offer it.

import { get } from "./read.js";

const ROLES = ["viewer", "annotator", "owner"];
let asked = null;

/** A promise of the person: `name`, `role`, and `single` where nobody has a login. Asked for once. */
export function session() {
  asked ??= get("session").catch((error) => {
    asked = null; // the next who wants to know tries again
    throw error;
  });
  return asked;
}

/** A promise of whether the person may do all that a `role` may. */
export async function may(role) {
  return ROLES.indexOf((await session()).role) >= ROLES.indexOf(role);
}
