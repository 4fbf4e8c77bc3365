// Places of two texts that belong together, and where a place between them belongs.

/** The most of the pairs [place, other place] that are in the same order in both texts, sorted: a longest increasing subsequence. */
export function aligned(pairs) {
  const sorted = pairs.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
  const length = sorted.map(() => 1);
  const before = sorted.map(() => -1);
  for (let place = 1; place < sorted.length; place++) {
    for (let earlier = 0; earlier < place; earlier++) {
      if (!rises(sorted[earlier], sorted[place]) || length[earlier] < length[place]) continue;
      length[place] = length[earlier] + 1;
      before[place] = earlier;
    }
  }
  const chain = [];
  for (let place = length.indexOf(Math.max(...length)); place >= 0; place = before[place]) chain.unshift(sorted[place]);
  return chain;
}

/** Where `place` of the one text belongs in the other, between the nearest of the `anchors`, which are in order. */
export function between(anchors, place) {
  const after = Math.max(1, anchors.findIndex(([from]) => from >= place));
  const [[left, leftTo], [right, rightTo]] = [anchors[after - 1], anchors[after]];
  return right === left ? rightTo : leftTo + ((place - left) / (right - left)) * (rightTo - leftTo);
}

function rises([from, to], [laterFrom, laterTo]) {
  return laterFrom > from && laterTo > to;
}
