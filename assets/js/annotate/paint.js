// Spans painted over texts by the browser's own highlights: any number may overlap, and the text is not touched.

const LANES = 4; // underlines below one another before the first lane is used again
const shown = new Map(); // a passage, or lanes → {highlight's name → ranges}
const named = new Set(); // highlights that have a style
const sheet = new CSSStyleSheet();

/** Paint a passage's spans, each {range, start, end, colour, active}, and what is selected in it (a range or null). */
export function paint(passage, spans, chosen) {
  const found = new Map();
  const ends = []; // where the last span of each lane ends
  for (const { range, start, end, colour, active } of spans) {
    let lane = ends.findIndex((last) => last <= start);
    if (lane < 0) lane = ends.length;
    ends[lane] = end;
    gather(found, styled(colour, lane % LANES), range);
    if (active) gather(found, "span-active", range);
  }
  if (chosen) gather(found, "span-chosen", chosen);
  shown.set(passage, found);
  renew();
}

/** Paint the spans of several annotators, each {range, colour, lane}, as lines in lanes of their own. `owner` unpaints them. */
export function paintLanes(owner, spans) {
  const found = new Map();
  for (const { range, colour, lane } of spans) gather(found, styled(colour, lane % LANES, "lane"), range);
  shown.set(owner, found);
  renew();
}

/** What was painted for `owner`, a passage or lanes, goes. */
export function unpaint(owner) {
  shown.delete(owner);
  renew();
}

function gather(found, name, range) {
  if (!found.has(name)) found.set(name, []);
  found.get(name).push(range);
}

function renew() {
  const names = new Set([...shown.values()].flatMap((found) => [...found.keys()]));
  for (const name of [...named, "span-active", "span-chosen"]) if (!names.has(name)) CSS.highlights.delete(name);
  for (const name of names) {
    const highlight = new Highlight(...[...shown.values()].flatMap((found) => found.get(name) ?? []));
    highlight.priority = { "span-active": 1, "span-chosen": 2 }[name] ?? 0;
    CSS.highlights.set(name, highlight);
  }
}

/** The highlight of a colour and a lane, for which there is a style from now on. */
function styled(colour, lane, kind = "span") {
  const name = `${kind}-${colour}-${lane}`;
  if (named.has(name)) return name;
  if (!named.size) document.adoptedStyleSheets.push(sheet);
  named.add(name);
  const soft = kind === "span" ? `background-color: color-mix(in oklab, var(--label-${colour}) 16%, transparent);` : "";
  const line = kind === "span" ? `solid 2px` : `dashed 2px`;
  const offset = (kind === "span" ? 3 : 7) + lane * 4;
  sheet.insertRule(`::highlight(${name}) {${soft} text-decoration: underline ${line} var(--label-${colour}); text-underline-offset: ${offset}px; }`);
  return name;
}
