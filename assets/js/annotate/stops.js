// Where a caret stops in a text when it moves by character, word or sentence.

const SEGMENTERS = Object.fromEntries(["grapheme", "word", "sentence"].map((granularity) => [granularity, new Intl.Segmenter(undefined, { granularity })]));

export class Stops {
  #segments = {};

  constructor(text) {
    this.text = text;
    for (const [granularity, segmenter] of Object.entries(SEGMENTERS)) this.#segments[granularity] = segmenter.segment(text);
  }

  /** The next stop after `place`: the end of a character or word, the beginning of a sentence. */
  after(place, granularity) {
    let next = place;
    while (next < this.text.length) {
      const { index, segment, isWordLike } = this.#segments[granularity].containing(next);
      next = index + segment.length;
      if (granularity !== "word" || isWordLike) return next;
    }
    return next;
  }

  /** The stop before `place`: the beginning of a character, word or sentence. */
  before(place, granularity) {
    let next = place;
    while (next > 0) {
      const { index, isWordLike } = this.#segments[granularity].containing(next - 1);
      next = index;
      if (granularity !== "word" || isWordLike) return next;
    }
    return next;
  }

  /** The word or sentence at `place`, without the white space after it: [start, end]. */
  around(place, granularity) {
    if (!this.text) return [0, 0];
    const { index, segment } = this.#segments[granularity].containing(Math.min(place, this.text.length - 1));
    return [index, index + segment.trimEnd().length];
  }
}
