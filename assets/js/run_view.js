// The view of one run: it follows the record, or replays it, and shows what is in it.

import { at, go, onChange, parameter } from "./page/address.js";
import { bringIntoView, create, mark } from "./page/dom.js";
import { bindKeys } from "./page/keys.js";
import { Follower } from "./run/follower.js";
import { IdleView } from "./run/idle_view.js";
import { Replay } from "./run/replay.js";
import { RunDisplay } from "./run/run_display.js";

class RunView {
  #run; // whose run is open; null: none is
  #replayed; // whether it is replayed
  #source = null; // what gives the display its records: a Follower or a Replay
  #display = null;

  constructor(element, server, idle) {
    this.element = element;
    this.server = server;
    this.idle = idle ? new IdleView() : null;
    onChange(() => this.open());
    bindKeys(
      { keys: ["j"], does: "next step", when: () => this.#display !== null, act: () => this.#display.steps.move(1) },
      { keys: ["k"], does: "previous step", when: () => this.#display !== null, act: () => this.#display.steps.move(-1) },
      { keys: [" "], does: "play or pause the replay", when: () => this.#replayed, act: () => this.#source.toggle() },
      { keys: ["ArrowLeft"], does: "back in the replay", when: () => this.#replayed, act: () => this.#source.move(-1) },
      { keys: ["ArrowRight"], does: "on in the replay", when: () => this.#replayed, act: () => this.#source.move(1) },
    );
  }

  /** Show what the address names. */
  open() {
    const run = parameter("run");
    const replayed = run !== null && parameter("replay") !== null;
    if (run === this.#run && replayed === this.#replayed) return;
    this.#source?.close();
    this.#source = null;
    this.idle?.close();
    if (run !== this.#run) this.#display = null;
    this.#run = run;
    this.#replayed = replayed;
    mark(this.element, "run", run);
    mark(this.element, "replayed", replayed ? "" : null);
    if (run === null) this.#showIdle();
    else this.#show(run);
  }

  #showIdle() {
    mark(this.element, "status", "idle");
    this.element.replaceChildren();
    if (!this.idle) return;
    this.element.append(this.idle.element);
    this.idle.open();
  }

  #show(run) {
    const display = (this.#display ??= new RunDisplay(run, () => this.server.stop(run)));
    const listener = {
      came: (record) => {
        mark(this.element, "status", record.status);
        display.update(record, this.#replayed);
      },
      entered: (step, atOnce) => display.steps.show(step, atOnce),
      troubled: (words) => display.say(words),
      unknown: () => this.#showUnknown(),
    };
    display.say("");
    this.#source = this.#replayed ? new Replay(run, listener) : new Follower(run, listener);
    this.element.replaceChildren(display.element, ...(this.#replayed ? [this.#source.element] : []));
  }

  #showUnknown() {
    this.#display = null;
    mark(this.element, "status", "unknown");
    this.element.replaceChildren(
      create("div", { classes: "empty", attributes: { role: "alert" } },
        create("h2", {}, "There is no such run"),
        create("p", {}, "It may have been deleted, or the link may be cut short."),
        create("a", { attributes: { href: at("traces") } }, "All traces"),
      ),
    );
  }
}

export function attach(element, { props, server, watch }) {
  const view = new RunView(element, server, props.idle);
  const follow = () => {
    if (!props.value) return;
    go({ run: props.value, replay: null, again: null });
    bringIntoView(element);
  };
  watch("value", follow);
  view.open();
  follow(); // somebody may have asked before this was here
}
