// Giving several runs a tag.

import { count } from "../page/format.js";
import { read } from "../page/read.js";
import { send } from "../page/send.js";
import { announce } from "./changes.js";
import { notice } from "./notice.js";

/** Add `tag` to the runs of these ids, and say how it went. */
export async function addTag(ids, tag) {
  let tagged = 0;
  try {
    for (const id of ids) {
      const path = `runs/${encodeURIComponent(id)}/curation`;
      const { tags } = await read(path);
      const now = tags.includes(tag) ? null : await send(`record/${path}`, { tags: [...tags, tag] });
      if (now) announce("curated", { run: id, ...now });
      tagged += 1;
    }
    notice.say(`${count(tagged, "run")} tagged “${tag}”.`);
  } catch (error) {
    const reason = error.status ? error.message : "The connection is lost.";
    notice.say(`${tagged} of ${count(ids.length, "run")} tagged. ${reason}`, "Try again", () => addTag(ids, tag));
  }
}
