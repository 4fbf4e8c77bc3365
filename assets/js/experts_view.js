// The experts of a pool: how each of them stands, what each is good at, and the validation questions that show it.

import { ExpertCard } from "./experts/expert_card.js";
import { MissingWeights } from "./experts/missing_weights.js";
import { PoolChoice } from "./experts/pool_choice.js";
import { SkillMap } from "./experts/skill_map.js";
import { go, onChange, parameter } from "./page/address.js";
import { create, Keyed, setText, show } from "./page/dom.js";
import { count } from "./page/format.js";
import { get } from "./page/read.js";
import { send } from "./page/send.js";
import { entitle } from "./page/title.js";

const REFRESH = 2_000; // milliseconds between two looks at how the experts stand
const LOST = "Connection lost, trying again …";

class ExpertsView {
  #pools = null;
  #present = null;
  #asked = null;
  #timer = 0;

  constructor(element) {
    this.choice = new PoolChoice({
      look: (pool) => {
        show(this.problem, false);
        go({ pool, skill: null });
      },
      use: (pool) => this.#tell("engine/use", { pool }),
      choose: (profile) => this.#tell("engine/profile", { pool: this.#present.pool, profile }),
    });
    this.weights = new MissingWeights(() => this.#tell("engine/pull", { pool: this.#present.pool }));
    this.told = create("p", { classes: "quiet told", attributes: { role: "status" } }, "Looking at the experts …");
    this.problem = create("p", { classes: "form-message", attributes: { role: "alert", hidden: true } });
    this.list = create("ul", { classes: "pool-experts", attributes: { tabindex: 0, "aria-label": "Experts of the pool" } });
    this.cards = new Keyed(this.list, () => new ExpertCard());
    this.skills = new SkillMap();
    element.append(
      create("h1", {}, "Experts"),
      this.choice.element,
      this.problem,
      this.told,
      this.weights.element,
      this.list,
      this.skills.element,
    );
    show(this.skills.element, false);
    onChange(() => this.#turn());
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
    entitle("Experts");
    this.#look();
  }

  /** The address has changed: another pool, or another skill of the same. */
  #turn() {
    if (this.#present && this.#wanted() === this.#present.pool) this.skills.turn();
    else this.#look();
  }

  #wanted() {
    return parameter("pool") ?? this.#pools?.pools.find((pool) => pool.in_use)?.name ?? "";
  }

  /** Look at the pool of the address, and again after a while; an answer that was overtaken is dropped. */
  async #look() {
    clearTimeout(this.#timer);
    const asked = (this.#asked = Symbol());
    try {
      const pools = this.#pools ?? (await get("engine/pools"));
      if (asked !== this.#asked) return;
      this.#pools = pools;
      const present = await get(`engine/experts?${new URLSearchParams({ pool: this.#wanted() })}`);
      if (asked !== this.#asked) return;
      this.#show(present);
      const known = pools.pools.find((pool) => pool.name === present.pool);
      const changed = known?.in_use !== present.in_use || known.missing !== present.missing;
      if (changed) this.#pools = null; // elsewhere another pool was put to use, or weights came: listed anew at the next look
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#refused(error);
    }
    if (asked === this.#asked && !document.hidden) this.#timer = setTimeout(() => this.#look(), REFRESH);
  }

  #show(present) {
    this.#present = present;
    show(this.told, false);
    this.choice.update(this.#pools, present);
    this.weights.update(present);
    const { experts } = present;
    this.cards.update(experts, (expert) => `${present.pool}/${expert.name}`, (card, expert) => card.update(expert, present));
    this.skills.update(present);
    this.list.setAttribute("aria-label", `${count(experts.length, "expert")} of pool ${present.title}`);
  }

  #refused(error) {
    if (error.status === 404 && parameter("pool")) {
      this.#complain(error.message);
      go({ pool: null, skill: null }, { replace: true });
      return;
    }
    setText(this.told, error.status ? error.message : LOST);
    show(this.told, true);
  }

  /** Have the server change something, then look at once; where it refuses, say why. */
  async #tell(path, body) {
    show(this.problem, false);
    try {
      await send(path, body);
      this.#pools = null;
    } catch (error) {
      this.#complain(error.status ? error.message : "The connection is lost: nothing was changed.");
    }
    await this.#look();
  }

  #complain(sentence) {
    setText(this.problem, sentence);
    show(this.problem, true);
  }
}

export function attach(element) {
  new ExpertsView(element);
}
