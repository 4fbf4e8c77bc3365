// What a person says of one item: spans in its texts, a verdict, whether it was followed, a comment. Every change can be undone.

const NOTHING = { verdict: null, followed: null, comment: "", spans: [] };

let keys = 0; // each span has one as long as the page knows it

export class Judgement {
  #undone = []; // what was said before each change
  #typing = null; // the field that the last change was typed in

  /** `changed()` is called after each change. */
  constructor(annotation, changed) {
    this.said = copied(annotation ?? NOTHING);
    this.changed = changed;
  }

  get spans() {
    return this.said.spans;
  }

  /** As it is handed in. */
  toSend() {
    return { ...this.said, spans: this.spans.map(({ key, ...span }) => span) };
  }

  /** Say `part` as well. What is typed in one `field` without a break is undone together. */
  say(part, field = null) {
    if (field === null || field !== this.#typing) this.#undone.push(this.said);
    this.#typing = field;
    this.said = { ...this.said, ...part };
    this.changed();
  }

  /** Say what another one says. */
  take(annotation) {
    this.say(copied(annotation));
  }

  span(key) {
    return this.spans.find((span) => span.key === key) ?? null;
  }

  /** Mark a span; the same span with the same label is there once. Its key. */
  add(span) {
    const same = this.spans.find((one) => ["call", "start", "end", "label"].every((name) => one[name] === span[name]));
    if (same) return same.key;
    const added = keyed({ comment: "", ...span });
    this.say({ spans: [...this.spans, added].sort(inOrder) });
    return added.key;
  }

  /** Say `part` of a span. */
  change(key, part, field = null) {
    this.say({ spans: this.spans.map((span) => (span.key === key ? { ...span, ...part } : span)) }, field);
  }

  remove(key) {
    this.say({ spans: this.spans.filter((span) => span.key !== key) });
  }

  /** Go back to before the last change; whether there was one. */
  undo() {
    if (!this.#undone.length) return false;
    this.said = this.#undone.pop();
    this.#typing = null;
    this.changed();
    return true;
  }
}

function copied({ verdict, followed, comment, spans }) {
  return { verdict, followed, comment, spans: spans.map(keyed) };
}

function keyed({ call, start, end, label, comment, text_hash }) {
  keys += 1;
  return { key: keys, call, start, end, label, comment, text_hash };
}

function inOrder(one, other) {
  return one.call < other.call ? -1 : one.call > other.call ? 1 : one.start - other.start || one.end - other.end;
}
