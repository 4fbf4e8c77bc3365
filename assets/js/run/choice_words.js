// How experts chose one of two candidates, in words.

import { count } from "../page/format.js";

/** What a vote says, and its kind for the list of votes. */
export function said(record, vote, choice) {
  if (vote.choice === null) return { said: "no vote that could be read", kind: "none" };
  return { said: `for ${nameOf(record, vote.choice, choice)}`, kind: "choice" };
}

/** What came of the votes, as far as they have come; `choice` is null until one is made. */
export function outcomeOf(record, votes, choice) {
  if (!choice) return `${count(votes.length, "vote")} so far`;
  const { candidates, chosen, rounds, agreed } = choice;
  const number = candidates.indexOf(chosen) + 1;
  const name = nameOf(record, number, choice);
  if (!votes.length) return `${name} stands without a vote`;
  const last = votes.filter(({ round }) => round === rounds);
  const told = `${last.filter((vote) => vote.choice === number).length} of ${last.length} votes`;
  const when = rounds === 1 ? "at once" : `in ${rounds} rounds`;
  return agreed ? `${name} chosen by all, ${when}` : `${name} chosen without agreement, ${told} after ${rounds === 1 ? "one round" : `${rounds} rounds`}`;
}

/** A candidate by its number, and by who wrote it where that is not the same for both. */
function nameOf(record, number, choice) {
  const writers = (choice?.candidates ?? []).map((name) => record.calls.get(name)?.expert);
  const written = new Set(writers).size > 1 && writers[number - 1] ? ` (${record.expert(writers[number - 1]).title})` : "";
  return `candidate ${number}${written}`;
}
