// Annotating: one item of a queue after the other, with the way back.

import { go, parameter } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { send } from "../page/send.js";
import { entitle } from "../page/title.js";
import { DeskHead } from "./desk_head.js";
import { ItemView } from "./item_view.js";
import { Lease } from "./lease.js";
import { QueueEnd } from "./queue_end.js";

export class Desk {
  #queue = null; // the id of the queue on the desk
  #given = null; // the item on the desk, as the server told it
  #view = null;
  #lease = null;
  #ended = false; // whether the queue has nothing more
  #finishing = false; // whether an item is being saved or skipped
  #working = Promise.resolve(); // what is asked of the server, one after the other
  #history = []; // ids of items this person had in hand, latest first

  constructor() {
    this.head = new DeskHead();
    this.spoken = create("p", { classes: "unseen", attributes: { "aria-live": "polite" } });
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.problem = create("div", { classes: "form-message", attributes: { role: "alert" } });
    this.place = create("div", {});
    this.end = new QueueEnd(() => this.next());
    const button = (words, key, act, classes = "button") => create("button", { classes, attributes: { type: "button", "aria-keyshortcuts": key }, on: { click: act } }, words);
    this.state = create("span", { classes: "draft-state" });
    this.actions = create(
      "div",
      { classes: "desk-actions", attributes: { role: "group", "aria-label": "This item" } },
      button("← Back", "b", () => this.back()),
      button("Undo", "u", () => this.undo()),
      button("Skip", "s", () => this.skip()),
      button("Save & next", "Enter", () => this.save(), "button primary"),
      this.state,
    );
    this.element = create(
      "div",
      { classes: "desk" },
      this.head.element, this.told, this.problem, this.place, this.actions, this.end.element, this.spoken,
    );
  }

  /** The item on the desk, or null; one that is being saved cannot be changed any more. */
  get view() {
    return this.#finishing ? null : this.#view;
  }

  /** Put an item of a queue on the desk; without one the next. */
  open(queue, item) {
    return this.#after(async () => {
      const there = item === null ? this.#ended : item === String(this.#given?.item.id);
      if (queue === this.#queue && there) return;
      if (queue !== this.#queue) this.#clear();
      this.#queue = queue;
      await (item === null ? this.#next() : this.#fetch(`annotation/items/${encodeURIComponent(item)}/take`));
    });
  }

  /** Leave the desk. */
  close() {
    this.#clear();
    this.#queue = null;
  }

  next() {
    return this.#after(() => this.#next());
  }

  #next() {
    return this.#fetch(`annotation/queues/${encodeURIComponent(this.#queue)}/next`);
  }

  async save() {
    await this.#finish("Saved.", async (path) => send(`${path}/done`, await this.#view.handIn()));
  }

  async skip() {
    await this.#finish("Skipped.", (path) => send(`${path}/skip`));
  }

  /** To the item that was in hand before this one. */
  back() {
    const here = this.#history.indexOf(this.#given?.item.id);
    const before = this.#history[here + 1];
    if (before === undefined) this.#say("There is nothing before this.");
    else go({ item: String(before) });
  }

  /** Take back the last change; where there is none, that the last item was done or skipped. */
  async undo() {
    if (this.#view?.judgement.undo()) return this.#say("Undone.");
    const [last] = this.#history.filter((id) => id !== this.#given?.item.id);
    if (last === undefined) return this.#say("There is nothing to undo.");
    try {
      await send(`annotation/items/${last}/reopen`);
    } catch (error) {
      if (error.status !== 409) return this.#refused(error); // it is open already
    }
    go({ item: String(last) });
  }

  #say(words) {
    // The same words are said again only if they change.
    setText(this.spoken, this.spoken.textContent === words ? `${words} ` : words);
  }

  #after(work) {
    const done = this.#working.then(work);
    this.#working = done.catch(() => {});
    return done;
  }

  async #finish(words, act) {
    if (!this.#view || this.#finishing) return;
    this.#finishing = true;
    await this.#after(async () => {
      try {
        await act(`annotation/items/${this.#given.item.id}`);
        this.#view.draft.forget();
        await this.#next();
        this.#say(`${words} ${this.head.words}`);
      } catch (error) {
        this.#refused(error);
      }
    });
    this.#finishing = false;
  }

  async #fetch(path) {
    show(this.problem, false);
    if (!this.#view) this.#tell("Loading …");
    const queue = this.#queue;
    try {
      const given = await send(path);
      if (queue !== this.#queue) return;
      await this.#put(given);
      if (given) go({ item: String(given.item.id) }, { replace: !parameter("item") });
    } catch (error) {
      if (queue === this.#queue) this.#unavailable(error);
    }
  }

  async #put(given) {
    this.#clear();
    this.#tell("");
    if (!given) {
      entitle("Annotate");
      this.#ended = true;
      show(this.end.element, true);
      await this.end.open(this.#queue);
      go({ item: null }, { replace: true });
      return;
    }
    this.#given = given;
    this.#finishing = false;
    this.#history = given.history;
    const { queue, item } = given;
    entitle(queue.title, "Annotate");
    this.head.update(given);
    const say = (words) => this.#say(words);
    this.#view = new ItemView(given, { say, save: () => this.save(), trouble: (error) => this.#refused(error) });
    this.#lease = new Lease(`annotation/items/${item.id}`, (error) => this.#refused(error));
    this.place.replaceChildren(this.#view.element);
    this.state.replaceChildren(this.#view.draftState);
    show(this.actions, true);
    this.#view.focus();
    scrollTo(0, 0);
  }

  #clear() {
    this.#lease?.close();
    this.#view?.close();
    this.#lease = this.#view = this.#given = null;
    this.#ended = false;
    this.place.replaceChildren();
    this.state.replaceChildren();
    this.head.update(null);
    for (const part of [this.actions, this.end.element, this.problem]) show(part, false);
  }

  #tell(words) {
    setText(this.told, words);
    show(this.told, Boolean(words));
  }

  /** The item that was asked for cannot be had. */
  #unavailable(error) {
    this.#clear();
    this.#tell("");
    this.#refused(error);
  }

  #refused(error) {
    const words = error.status ? error.message : "The connection is lost. What you said is kept in this browser: try again when it is back.";
    const kept = this.#view && error.status === 409 ? " What you said is kept here." : "";
    const another = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.next() } }, "Go on with the next item");
    const again = create("button", { classes: "link", attributes: { type: "button" }, on: { click: () => this.#retry() } }, "Try again");
    this.problem.replaceChildren(`${words}${kept} `, again, " · ", another);
    show(this.problem, true);
    this.problem.scrollIntoView({ block: "nearest" });
  }

  #retry() {
    const item = parameter("item");
    if (this.#view) return this.save();
    return item ? this.#after(() => this.#fetch(`annotation/items/${encodeURIComponent(item)}/take`)) : this.next();
  }
}
