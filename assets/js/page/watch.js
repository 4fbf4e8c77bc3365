// Looking again and again, as long as there is something to wait for.

const PAUSE = 2_000; // milliseconds between two looks

export class Watch {
  #timer = null;

  /** `look()` is awaited before the next pause. */
  constructor(look) {
    this.look = look;
  }

  /** Go on looking, or stop. */
  set(wanted) {
    clearTimeout(this.#timer);
    this.#timer = wanted ? setTimeout(() => this.#go(), PAUSE) : null;
  }

  async #go() {
    const timer = this.#timer;
    await this.look();
    if (this.#timer === timer) this.set(true);
  }
}
