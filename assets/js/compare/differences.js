// Where columns differ: the sentences that a reader goes to, from one difference to the next.

/**
 * One sentence for each contradiction, and the first of each run of sentences that not all others say, in the order in
 * which they stand beside each other. `cells`: the row's, of which those with a text count.
 */
export function differencesOf(cells) {
  const texts = cells.filter(({ sentences }) => sentences.length);
  if (texts.length < 2) return [];
  const told = new Set();
  const stops = [];
  for (const { sentences } of texts) {
    let inside = false;
    for (const sentence of sentences) {
      const { group, share } = sentence;
      const contradicts = Boolean(group?.contradiction);
      const differs = contradicts || share < 1;
      const fresh = contradicts ? !told.has(group) : !inside && !(group && told.has(group));
      if (differs && fresh) stops.push(sentence);
      if (differs && group) told.add(group);
      inside = differs;
    }
  }
  return stops.sort((one, other) => order(cells, one, other));
}

/** Which of two sentences of a row is read first: the one that stands further up in its column. */
export function order(cells, one, other) {
  const height = ({ column, index }) => index / cells[column].sentences.length;
  return height(one) - height(other) || one.column - other.column;
}
