// Who answered what, round by round: one line for each expert of what is compared.

/** How many lines are drawn at most; of more, only those that change. */
const MOST = 8;

/**
 * The lines of `columns` as `record/compare` gives them: {column, expert, title, place, points, changes}. A point is
 * {round, answer, correct, alike, samples}: the most common answer of the round, by so many of so many. `left` is how
 * many lines are left out.
 */
export function mindLines(columns) {
  const lines = columns.flatMap((column, number) => {
    const experts = new Map();
    for (const position of column.positions) {
      if (!experts.has(position.expert)) experts.set(position.expert, lineOf(column, number, position));
      const { rounds } = experts.get(position.expert);
      rounds.set(position.round, [...(rounds.get(position.round) ?? []), position]);
    }
    return [...experts.values()];
  });
  const told = lines.map(({ rounds, ...line }) => ({ ...line, points: [...rounds.values()].map(pointOf).sort((one, other) => one.round - other.round) }));
  const drawn = told.length > MOST ? told.filter(({ changes }) => changes.length) : told;
  return { lines: drawn, left: told.length - drawn.length, rounds: [...new Set(told.flatMap(({ points }) => points.map(({ round }) => round)))].sort((one, other) => one - other) };
}

/** What a round is called. */
export function roundName(round) {
  return round === 0 ? "reasoning" : `round ${round}`;
}

function pointOf(positions) {
  const alike = (answer) => positions.filter((one) => one.answer === answer).length;
  const [{ round, answer, correct }] = positions.toSorted((one, other) => alike(other.answer) - alike(one.answer));
  return { round, answer, correct, alike: alike(answer), samples: positions.length };
}

function lineOf(column, number, { expert, title, place }) {
  const several = column.expert === null;
  return {
    column: number,
    run: column.run,
    expert,
    place,
    title: several ? `${title}, column ${number + 1}` : title,
    rounds: new Map(), // round → positions
    changes: column.changes.filter((change) => change.expert === expert),
  };
}
