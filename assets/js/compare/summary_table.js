// What the columns come to, in numbers and words, as a table.

import { colour } from "../page/colour.js";
import { create, mark } from "../page/dom.js";
import { percent, seconds, signed } from "../page/format.js";
import { listed, movement, rightness, tally } from "./words.js";

const DASH = "–";
const WHOLE = new Intl.NumberFormat("en-GB");

/** The facts, each with what it reads for a column: a text, an element, or a list of texts. */
const FACTS = {
  state: ({ status }) => status,
  answer: (column) => verdict(column),
  agreement: ({ agreement }) => agreed(agreement),
  tokens: ({ tokens, prompt_tokens: read }) => `${number(tokens)} written${read ? `, ${number(read)} read` : ""}`,
  time: ({ seconds: value }) => seconds(value),
  skills: ({ skills }) => skills.map(skill),
  suitability: ({ suitability, probability }) => (suitability === null ? DASH : `${suitability.toFixed(2).replace("-", "−")}${probability === null ? "" : `, chance ${percent(probability)}`}`),
  rewards: ({ rewards }) => scored(rewards),
  "critiques given": ({ critiques_given: given }) => tally(given),
  "critiques received": ({ critiques_received: received }) => tally(received),
  "changed answers": (column) => column.changes.map((change) => `${column.expert === null ? `${change.title}: ` : ""}${changed(change)}`),
};

/** The table of `columns`, as `record/compare` gives them; facts that say nothing of any column are left out. */
export function summaryTable(columns) {
  const over = columns.every(({ status }) => status === "done");
  const facts = Object.entries(FACTS).filter(([words]) => !(over && words === "state")).map(([words, tell]) => [words, columns.map((column) => tell(column))]);
  const told = facts.filter(([, cells]) => cells.some((cell) => cell !== DASH && !(Array.isArray(cell) && cell.length === 0)));
  const heads = columns.map((column) => {
    const who = create("span", { classes: "who" }, column.title);
    colour(who, column.expert === null ? null : column.place);
    return create("th", { attributes: { scope: "col" } }, who);
  });
  const rows = told.map(([words, cells]) => create("tr", {}, create("th", { attributes: { scope: "row" } }, words), ...cells.map((cell) => create("td", { attributes: { dir: "auto" } }, ...shown(cell)))));
  return create(
    "div",
    { classes: "scrolling compare-summary", attributes: { tabindex: 0, role: "group", "aria-label": "What the columns come to" } },
    create("table", {}, create("caption", { classes: "unseen" }, "What the columns come to"), create("thead", {}, create("tr", {}, create("td"), ...heads)), create("tbody", {}, ...rows)),
  );
}

function shown(cell) {
  if (!Array.isArray(cell)) return [cell];
  return cell.length ? [create("ul", {}, ...cell.map((words) => create("li", {}, words)))] : [DASH];
}

function verdict({ answer, correct }) {
  const shown = create("span", { classes: "verdict" }, `${answer ?? "no answer"} ${rightness(correct)}`.trimEnd());
  mark(shown, "correct", correct);
  return shown;
}

function agreed(agreement) {
  if (agreement === null) return DASH;
  if (typeof agreement === "boolean") return agreement ? "with the run's answer" : "differs from the run's answer";
  return `${agreement.agree} of ${agreement.of} agree`;
}

function skill({ keyword, profile_skill: named, score }) {
  const counted = score === null || score === undefined ? "" : ` ${signed(Math.round(score * 10) / 10)}`;
  return `${keyword}${named && named !== keyword ? ` → ${named}` : ""}${counted}`;
}

function scored(rewards) {
  const known = rewards.map(({ reward }) => reward).filter((reward) => reward !== null);
  if (!known.length) return DASH;
  const best = Math.max(...known).toFixed(2);
  return known.length === 1 ? best : `best ${best} of ${known.length}, mean ${(known.reduce((sum, one) => sum + one, 0) / known.length).toFixed(2)}`;
}

function changed({ round, from, to, kind, critics }) {
  const after = critics.length ? `, after ${listed([...new Set(critics.map(({ title }) => title))])}` : "";
  return `${movement(kind)}, ${from ?? "none"} → ${to ?? "none"}${round ? ` in round ${round}` : ""}${after}`;
}

function number(value) {
  return value === null ? DASH : WHOLE.format(value);
}
