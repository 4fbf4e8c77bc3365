// Work that is done one after the other.

export class Turns {
  #last = Promise.resolve();

  /** Begin when all is done that was asked for before, whether it went well or not; settles as `work()` does. */
  after(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
