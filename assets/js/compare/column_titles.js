// What columns are called, so that each is told from the others.

import { moment } from "../page/format.js";

const SHORT = 36; // characters of a question

/** The columns of `compared`, those of the same title with what they differ in: protocol, question, pool or time. */
export function distinct({ columns }) {
  const ways = [({ protocol }) => protocol, ({ question }) => shortened(question), ({ pool }) => pool, ({ created_at: at }) => moment(at), ({ run }) => run];
  return columns.map((column) => {
    const same = columns.filter(({ title }) => title === column.title);
    if (same.length === 1) return column;
    const way = ways.find((tell) => new Set(same.map(tell)).size === same.length) ?? ways.at(-1);
    return { ...column, title: `${column.title}, ${way(column)}` };
  });
}

function shortened(question) {
  return question.length > SHORT ? `${question.slice(0, SHORT).trimEnd()} …` : question;
}

/** The runs of the columns, with all their experts, as the Picker lists runs. */
export function openRuns({ columns, people }) {
  const runs = new Map(columns.map((column) => [column.run, column]));
  return [...runs].map(([id, { question, protocol, created_at, expert, answer, correct }]) => {
    const experts = Object.entries(people[id] ?? {}).map(([name, person]) => ({ name, ...person }));
    const own = expert === null ? { answer, correct } : { answer: undefined, correct: null };
    return { id, question, protocol, created_at, ...own, experts: experts.sort((one, other) => one.place - other.place) };
  });
}
