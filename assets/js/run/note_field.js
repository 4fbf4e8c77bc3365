// The note of a run: saved by itself soon after typing, and before the page goes.

import { create, setText } from "../page/dom.js";
import { send } from "../page/send.js";

const AFTER_TYPING = 600; // milliseconds without a key before the note is saved
const AGAIN = 3_000; // milliseconds until the next try after a lost connection

export class NoteField {
  #unsaved = false;
  #saving = false;
  #timer = null;

  /** Notes are POSTed to `path`. `saved(curation)` gets what the server then has. */
  constructor(path, saved) {
    this.path = path;
    this.saved = saved;
    this.input = create("textarea", {
      classes: "field",
      attributes: { rows: 1, placeholder: "Note to yourself", "aria-label": "Note", dir: "auto" },
      on: { input: () => this.#typed(), blur: () => this.#save() },
    });
    this.state = create("span", { classes: "quiet", attributes: { role: "status" } });
    this.element = create("div", { classes: "note" }, this.input, this.state);
    this.leave = () => this.#leave();
  }

  /** Show the note that the record has, unless the reader has begun to write. */
  show(note) {
    if (!this.#unsaved) this.input.value = note;
  }

  #typed() {
    this.#unsaved = true;
    setText(this.state, "");
    addEventListener("pagehide", this.leave);
    this.#soon(AFTER_TYPING);
  }

  #soon(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), pause);
  }

  /** The page goes, and a request under way may go with it. */
  #leave() {
    this.#unsaved = true;
    this.#save({ keepalive: true });
  }

  /** Save what was typed; what is typed meanwhile is saved after it. */
  async #save({ keepalive = false } = {}) {
    if (!this.#unsaved || (this.#saving && !keepalive)) return;
    clearTimeout(this.#timer);
    this.#saving = true;
    this.#unsaved = false;
    setText(this.state, "saving …");
    try {
      this.saved(await send(this.path, { note: this.input.value }, { keepalive }));
      if (this.#unsaved) this.#soon(0);
      else this.#rest();
    } catch (error) {
      this.#failed(error);
    }
    this.#saving = false;
  }

  #rest() {
    setText(this.state, "saved");
    removeEventListener("pagehide", this.leave);
  }

  #failed(error) {
    this.#unsaved = true;
    if (error.status) {
      setText(this.state, `not saved: ${error.message}`);
      return;
    }
    setText(this.state, "not saved: connection lost, trying again …");
    this.#soon(AGAIN);
  }
}
