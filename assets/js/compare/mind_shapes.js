// The shapes of the plot of minds: an expert's answers on a line, and what pulled it elsewhere. All in pixels.

import { colour } from "../page/colour.js";
import { mark } from "../page/dom.js";
import { draw } from "../page/svg.js";
import { listed } from "./words.js";

/** The height of a line with what is written about it. */
export const LANE = 78;

const NAME = 14; // where the name's letters stand
const ANSWER = 32; // where the answers' letters stand
const LINE = 48; // where the line runs
const AFTER = 68; // where the critics' names stand
const EDGE = 46; // between the border and the first or last round
const RADIUS = 8;
const LETTER = 6.6; // the width of a letter
const LONGEST_ANSWER = 12; // characters
const LONGEST_OF_SEVERAL = 7;
const SIGNS = { true: "M-3.6.4-1.1 2.8 3.8-2.8", false: "M-2.8-2.8 2.8 2.8M2.8-2.8-2.8 2.8", null: "M-2.8 0H2.8" };

/** Where the rounds stand in a plot of that width. */
export function layoutOf(width, rounds) {
  const step = (width - 2 * EDGE) / Math.max(1, rounds.length - 1);
  return { width, step, before: (round) => rounds[rounds.indexOf(round) - 1], x: (round) => EDGE + rounds.indexOf(round) * step };
}

/** An expert's answers: a point each round, right or wrong, on a line, with after whose critiques it changed. */
export function drawLine({ title, place, points, changes }, lane, layout) {
  const y = lane * LANE;
  const name = draw("text", { x: 0, y: y + NAME, class: "name" }, clip(title, layout.width / LETTER));
  const path = draw("path", { class: "line", d: `M${layout.x(points[0].round)} ${y + LINE}H${layout.x(points.at(-1).round)}` });
  const shapes = points.flatMap((point) => pointAt(point, layout.x(point.round), y));
  const notes = changes.filter(({ critics }) => critics.length).map(({ round, critics }) => {
    const names = `after ${listed([...new Set(critics.map((critic) => critic.title))])}`;
    const middle = layout.x(round) - layout.step / 2;
    return draw("text", { x: middle, y: y + AFTER, "text-anchor": "middle", class: "after" }, clip(names, Math.max(layout.step + 2 * EDGE - 16, 90) / LETTER));
  });
  const group = draw("g", { class: "mind" }, path, name, ...shapes, ...notes);
  colour(group, place);
  return group;
}

/** The way from a critic's answer to the one that changed after its critique. */
export function drawPull({ place }, from, to, round, layout) {
  const before = layout.before(round);
  const [x, y] = [layout.x(before ?? round), from * LANE + LINE];
  const [end, endY] = [layout.x(round), to * LANE + LINE];
  const tip = { x: end - RADIUS - 1, y: endY - 4 * (Math.sign(endY - y) || 1) };
  const bend = (tip.x - x) * 0.55;
  const pull = draw("path", { class: "pull", d: `M${x} ${y}C${x + bend} ${y} ${tip.x - bend} ${tip.y} ${tip.x - 6} ${tip.y}` });
  const head = draw("path", { class: "pull-head", d: `M${tip.x} ${tip.y}l-8 -3.5v7Z` });
  const group = draw("g", { class: "pulled" }, pull, head);
  colour(group, place);
  return group;
}

function pointAt({ answer, correct, alike, samples }, x, y) {
  const text = samples > 1 ? `${clip(answer ?? "–", LONGEST_OF_SEVERAL)} ${alike}/${samples}` : clip(answer ?? "–", LONGEST_ANSWER);
  const point = draw("g", { class: "point", transform: `translate(${x} ${y + LINE})` }, draw("circle", { r: RADIUS }), draw("path", { d: SIGNS[String(correct)] }));
  mark(point, "correct", String(correct));
  return [point, draw("text", { x, y: y + ANSWER, "text-anchor": "middle", class: "answered" }, text)];
}

function clip(text, letters) {
  const most = Math.floor(letters);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
