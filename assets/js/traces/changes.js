// What a reader changes in the record from this page, told to whatever shows it.

const changes = new EventTarget();

/** Tell that runs were "deleted" or "restored" ({runs: ids}) or that one was "curated" ({run, tags, note}). */
export function announce(kind, detail) {
  changes.dispatchEvent(new CustomEvent(kind, { detail }));
}

export function onRecordChange(kind, listener) {
  changes.addEventListener(kind, ({ detail }) => listener(detail));
}
