// What a model judge says of a critique, under what it wrote: in words, with the passages that show it.

import { create, setText, show } from "../page/dom.js";
import { row } from "../page/format.js";
import { PanelsSection } from "./section.js";

const FOLLOWED = { true: "the refinement followed it", false: "the refinement did not follow it" };

export class JudgementSection extends PanelsSection {
  #shown = null;

  constructor() {
    super("judge", "What the judge says of the critique");
    this.verdict = create("p");
    this.passages = create("ul", { attributes: { "aria-label": "Passages" } });
    this.element.append(this.verdict, this.passages);
  }

  update(record) {
    super.update(record);
    const { judged } = record;
    show(this.verdict, Boolean(judged));
    show(this.passages, Boolean(judged?.spans.length));
    if (!judged || judged === this.#shown) return;
    this.#shown = judged;
    setText(this.verdict, row(`The critique is ${judged.verdict}`, FOLLOWED[judged.followed], judged.comment));
    this.passages.replaceChildren(...judged.spans.map(passage));
  }
}

function passage({ role, label, quote }) {
  return create("li", { attributes: { dir: "auto" } }, create("q", {}, quote), ` ${label.replaceAll("-", " ")}, in the ${role}`);
}
