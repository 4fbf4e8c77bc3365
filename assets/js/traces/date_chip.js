// The filter for dates: a range that ends today, or from one day to another.

import { go } from "../page/address.js";
import { create, show } from "../page/dom.js";
import { begin, RANGES } from "./dates.js";
import { SelectChip } from "./select_chip.js";

const BETWEEN = { name: "between", title: "between …" };
const OPTIONS = [...RANGES.map(({ name, title }) => ({ name, title })), BETWEEN];

export class DateChip extends SelectChip {
  constructor() {
    super("since", "Date");
    this.opened = false; // "between" was chosen, and no day yet
    [this.from, this.to] = ["From", "To"].map((label) => create("input", { attributes: { type: "date", "aria-label": `${label} this day` }, on: { change: () => this.#limited() } }));
    this.days = create("span", { classes: "days" }, this.from, "–", this.to);
    this.select.after(this.days);
  }

  chosen(value) {
    this.opened = value === BETWEEN.name;
    if (!this.opened) {
      go({ since: value, until: null });
      this.show({});
      return;
    }
    go({ since: null, until: null });
    this.show({});
    this.from.focus();
  }

  show({ since, until }) {
    const range = RANGES.some(({ name }) => name === since);
    const between = !range && (this.opened || begin(since) !== null || Boolean(until));
    this.update(between ? BETWEEN.name : range ? since : "", OPTIONS);
    show(this.days, between);
    this.from.value = range ? "" : (since ?? "");
    this.to.value = until ?? "";
  }

  #limited() {
    go({ since: this.from.value, until: this.to.value });
  }
}
