// Places in one text: the record counts code points, the browser UTF-16 units.

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class Offsets {
  #pairs; // where the characters of two units begin, in units
  #graphemes;

  constructor(text) {
    this.text = text;
    this.#pairs = Array.from(text.matchAll(/[\u{10000}-\u{10FFFF}]/gu), ({ index }) => index);
    this.#graphemes = GRAPHEMES.segment(text);
  }

  /** Code points before the unit at `unit`. */
  toPoints(unit) {
    return unit - this.#count((place) => this.#pairs[place] < unit);
  }

  /** Units before the code point at `point`. */
  toUnits(point) {
    return point + this.#count((place) => this.#pairs[place] - place < point);
  }

  /** What a reader takes for the characters from `start` to `end` (units): none is cut in two. */
  snap(start, end) {
    const first = this.#graphemes.containing(start)?.index ?? start;
    const last = this.#graphemes.containing(end);
    return [first, last && last.index < end ? last.index + last.segment.length : end];
  }

  /** How many of the first pairs are so. */
  #count(so) {
    let [low, high] = [0, this.#pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (so(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
