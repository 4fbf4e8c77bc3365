// Letting the browser draw and hear the reader between two pieces of long work.

/** A promise of the browser's next free moment. */
export function pause() {
  return globalThis.scheduler?.yield ? scheduler.yield() : new Promise((resume) => setTimeout(resume));
}
