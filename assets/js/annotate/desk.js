// Annotating: one item of a queue after the other, with the way back.

import { go, parameter } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { send } from "../page/send.js";
import { entitle } from "../page/title.js";
import { DeskActions } from "./desk_actions.js";
import { DeskHead } from "./desk_head.js";
import { ItemInHand } from "./item_in_hand.js";
import { QueueEnd } from "./queue_end.js";
import { Refusal } from "./refusal.js";
import { Turns } from "./turns.js";
import { WayBack } from "./way_back.js";

export class Desk {
  #queue = null; // the id of the queue on the desk
  #hand = null; // the item on the desk
  #ended = false; // whether the queue has nothing more
  #finishing = false; // whether an item is being saved or skipped
  #turns = new Turns(); // what is asked of the server

  constructor() {
    this.head = new DeskHead();
    this.spoken = create("p", { classes: "unseen", attributes: { "aria-live": "polite" } });
    this.told = create("p", { classes: "told", attributes: { role: "status" } });
    this.talk = { say: (words) => this.#say(words), refused: (error) => this.#refused(error) };
    this.wayBack = new WayBack(this.talk);
    this.refusal = new Refusal({ again: () => this.#retry(), next: () => this.next() });
    this.place = create("div", {});
    this.end = new QueueEnd(() => this.next());
    this.actions = new DeskActions({ back: () => this.back(), undo: () => this.undo(), skip: () => this.skip(), save: () => this.save() });
    this.element = create(
      "div",
      { classes: "desk" },
      this.head.element, this.told, this.refusal.element, this.place, this.actions.element, this.end.element, this.spoken,
    );
  }

  /** The item on the desk, or null; one that is being saved cannot be changed any more. */
  get view() {
    return this.#finishing || !this.#hand ? null : this.#hand.view;
  }

  /** Put an item of a queue on the desk; without one the next. */
  open(queue, item) {
    return this.#turns.after(async () => {
      const there = item === null ? this.#ended : item === String(this.#hand?.id);
      if (queue === this.#queue && there) return;
      if (queue !== this.#queue) this.#clear();
      this.#queue = queue;
      await (item === null ? this.#next() : this.#take(item));
    });
  }

  /** Leave the desk. */
  close() {
    this.#clear();
    this.#queue = null;
  }

  next() {
    return this.#turns.after(() => this.#next());
  }

  async save() {
    await this.#finish("Saved.", async ({ path, view }) => send(`${path}/done`, await view.handIn()));
  }

  async skip() {
    await this.#finish("Skipped.", ({ path }) => send(`${path}/skip`));
  }

  /** To the item that was in hand before this one. */
  back() {
    this.wayBack.go(this.#hand?.id);
  }

  /** Take back the last change; where there is none, that the last item was done or skipped. */
  async undo() {
    if (this.#hand?.view.judgement.undo()) return this.#say("Undone.");
    await this.wayBack.reopen(this.#hand?.id);
  }

  #say(words) {
    // The same words are said again only if they change.
    setText(this.spoken, this.spoken.textContent === words ? `${words} ` : words);
  }

  async #finish(words, act) {
    if (!this.#hand || this.#finishing) return;
    this.#finishing = true;
    await this.#turns.after(async () => {
      try {
        await act(this.#hand);
        this.#hand.view.draft.forget();
        await this.#next();
        this.#say(`${words} ${this.head.words}`);
      } catch (error) {
        this.#refused(error);
      }
    });
    this.#finishing = false;
  }

  #next() {
    return this.#fetch(`annotation/queues/${encodeURIComponent(this.#queue)}/next`);
  }

  #take(item) {
    return this.#fetch(`annotation/items/${encodeURIComponent(item)}/take`);
  }

  async #fetch(path) {
    this.refusal.clear();
    if (!this.#hand) this.#tell("Loading …");
    const queue = this.#queue;
    try {
      const given = await send(path);
      if (queue !== this.#queue) return;
      this.#clear();
      this.#tell("");
      if (given) this.#put(given);
      else await this.#end();
    } catch (error) {
      if (queue === this.#queue) this.#unavailable(error);
    }
  }

  async #end() {
    entitle("Annotate");
    this.#ended = true;
    show(this.end.element, true);
    await this.end.open(this.#queue);
    go({ item: null }, { replace: true });
  }

  #put(given) {
    this.#finishing = false;
    this.wayBack.update(given.history);
    entitle(given.queue.title, "Annotate");
    this.head.update(given);
    this.#hand = new ItemInHand(given, { ...this.talk, save: () => this.save() });
    const { id, view } = this.#hand;
    this.place.replaceChildren(view.element);
    this.actions.state.replaceChildren(view.draftState);
    show(this.actions.element, true);
    view.focus();
    scrollTo(0, 0);
    go({ item: String(id) }, { replace: !parameter("item") });
  }

  #clear() {
    this.#hand?.close();
    this.#hand = null;
    this.#ended = false;
    this.place.replaceChildren();
    this.actions.state.replaceChildren();
    this.head.update(null);
    this.refusal.clear();
    for (const part of [this.actions.element, this.end.element]) show(part, false);
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
    this.refusal.tell(error, this.#hand !== null);
  }

  #retry() {
    const item = parameter("item");
    if (this.#hand) return this.save();
    return item ? this.#turns.after(() => this.#take(item)) : this.next();
  }
}
