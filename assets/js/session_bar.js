// Who is logged in and the way out, beside the pages' names; and the person's role on the whole page, for style sheets to see.

import { at } from "./page/address.js";
import { create, mark } from "./page/dom.js";
import { session } from "./page/session.js";

const HEADER = ".nav-holder";

/** The page's header, as soon as Gradio has made it. */
function header() {
  return new Promise((resolve) => {
    const look = (_changes, observer) => {
      const found = document.querySelector(HEADER);
      if (!found) return;
      observer.disconnect();
      resolve(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { childList: true, subtree: true });
    look(null, observer);
  });
}

const { name, role, single } = await session();
mark(document.documentElement, "role", role);
if (!single) {
  const leave = create("button", { classes: "link", attributes: { type: "submit" } }, "Log out");
  const who = create("span", { classes: "quiet", attributes: { dir: "auto", title: `${name}, ${role}` } }, name);
  (await header()).append(create("form", { classes: "ours session", attributes: { method: "post", action: at("logout"), "aria-label": "Login" } }, who, leave));
}
