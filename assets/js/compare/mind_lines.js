// Who answered what, round by round: one line for each expert of what is compared.

/** How many lines are drawn at most; of more, only those that change. */
const MOST = 8;

/**
 * The lines of `columns` as `record/compare` gives them: {column, expert, title, place, points, changes}. A point is
 * {round, answer, correct, samples}: the last answer of the round, of so many. `left` is how many lines are left out.
 */
export function mindLines(columns) {
  const lines = columns.flatMap((column, number) => {
    const experts = new Map();
    for (const position of column.positions) {
      if (!experts.has(position.expert)) experts.set(position.expert, lineOf(column, number, position));
      const { points } = experts.get(position.expert);
      const samples = (points.get(position.round)?.samples ?? 0) + 1;
      points.set(position.round, { round: position.round, answer: position.answer, correct: position.correct, samples });
    }
    return [...experts.values()];
  });
  const told = lines.map((line) => ({ ...line, points: [...line.points.values()].sort((one, other) => one.round - other.round) }));
  const drawn = told.length > MOST ? told.filter(({ changes }) => changes.length) : told;
  return { lines: drawn, left: told.length - drawn.length, rounds: [...new Set(told.flatMap(({ points }) => points.map(({ round }) => round)))].sort((one, other) => one - other) };
}

/** What a round is called. */
export function roundName(round) {
  return round === 0 ? "reasoning" : `round ${round}`;
}

function lineOf(column, number, { expert, title, place }) {
  const several = column.expert === null;
  return {
    column: number,
    run: column.run,
    expert,
    place,
    title: several ? `${title}, column ${number + 1}` : title,
    points: new Map(),
    changes: column.changes.filter((change) => change.expert === expert),
  };
}
