// How things of a comparison read.

/** An answer with whether it is right, where that is known. */
export function answered(answer, correct) {
  const judged = correct === true ? " ✓" : correct === false ? " ✗" : "";
  return `${answer ?? "no answer"}${judged}`;
}

/** "✓ right", "✗ wrong", or nothing where it is not known. */
export function rightness(correct) {
  return correct === true ? "✓ right" : correct === false ? "✗ wrong" : "";
}

/** Numbers by name, those that are none left out: "2 right, 1 wrong". */
export function tally(counts) {
  const told = Object.entries(counts ?? {}).filter(([, value]) => value);
  return told.length ? told.map(([name, value]) => `${value} ${name}`).join(", ") : "–";
}

/** "x", "x and y", "x, y and z". */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What a change of an answer was: "wrong → right", or neither. */
export function movement(kind) {
  return kind === "other" ? "to another answer" : kind.replace("→", " → ");
}
