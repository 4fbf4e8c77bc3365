// What a person adds to a run, tags and a note, and its deletion.

import { go } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { read } from "../page/read.js";
import { send } from "../page/send.js";
import { may } from "../page/session.js";
import { announce } from "../traces/changes.js";
import { deleteRuns } from "../traces/deletion.js";
import { NoteField } from "./note_field.js";
import { TagsField } from "./tags_field.js";

export class Curation {
  /** Of the run of that id. */
  constructor(run) {
    this.run = run;
    this.path = `record/runs/${encodeURIComponent(run)}/curation`;
    this.question = "";
    this.status = "done";
    this.tags = new TagsField((tags) => this.#save(tags));
    this.note = new NoteField(this.path, (curation) => this.#changed(curation));
    this.problem = create("p", { classes: "problem", attributes: { role: "alert" } });
    this.remove = create("button", { classes: "link danger", attributes: { type: "button", "data-needs": "owner" }, on: { click: () => this.#delete() } }, "Delete run");
    this.element = create("div", { classes: "curation" }, this.tags.element, this.note.element, this.remove, this.problem);
    this.#load();
  }

  /** Take what is known of the run; where it is replayed, it has long ended. */
  update(record, replayed = false) {
    this.question = record.started?.question.text ?? "";
    this.status = replayed ? "done" : record.status;
  }

  async #load() {
    try {
      const { tags, note } = await read(`runs/${encodeURIComponent(this.run)}/curation`);
      this.tags.show(tags);
      this.note.show(note);
      this.note.input.readOnly = !(await may("owner"));
      this.#say("");
    } catch (error) {
      this.#say(`The tags and the note could not be read: ${reasonOf(error)}`);
    }
  }

  async #save(tags) {
    const before = this.tags.tags;
    this.tags.show(tags);
    try {
      this.#changed(await send(this.path, { tags }));
      this.#say("");
    } catch (error) {
      this.tags.show(before);
      this.#say(`The tags were not changed: ${reasonOf(error)}`);
    }
  }

  #changed({ tags, note }) {
    this.tags.show(tags);
    announce("curated", { run: this.run, tags, note });
  }

  async #delete() {
    const { run: id, question, status } = this;
    if (await deleteRuns([{ id, question, status }], () => go({ run: id }))) go({ run: null, replay: null });
  }

  #say(words) {
    setText(this.problem, words);
    show(this.problem, Boolean(words));
  }
}

function reasonOf(error) {
  return error.status ? error.message : "the connection is lost.";
}
