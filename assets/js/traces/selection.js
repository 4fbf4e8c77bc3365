// Which runs are ticked.

export class Selection {
  /** `changed()` is called after every change. */
  constructor(changed) {
    this.changed = changed;
    this.runs = new Map(); // id → the run's summary
  }

  get size() {
    return this.runs.size;
  }

  get ids() {
    return [...this.runs.keys()];
  }

  has(id) {
    return this.runs.has(id);
  }

  /** Tick these runs, or take their ticks away. */
  set(runs, ticked) {
    for (const run of runs) {
      if (ticked) this.runs.set(run.id, run);
      else this.runs.delete(run.id);
    }
    this.changed();
  }

  /** Know the ticked ones of these runs as they are now. */
  renew(runs) {
    for (const run of runs) if (this.runs.has(run.id)) this.runs.set(run.id, run);
  }

  drop(ids) {
    for (const id of ids) this.runs.delete(id);
    this.changed();
  }

  clear() {
    this.drop(this.ids);
  }
}
