// Bringing in annotations from a file.

import { at } from "../page/address.js";
import { create, setText, show } from "../page/dom.js";
import { count } from "../page/format.js";

const SHOWN = 5; // reasons why lines were left out

export class ImportField {
  /** `taken()` is called when annotations came in. */
  constructor(taken) {
    this.taken = taken;
    this.input = create("input", { attributes: { type: "file", accept: ".jsonl,.csv,.ndjson" }, on: { change: () => this.#bring() } });
    this.told = create("p", { attributes: { role: "status" } });
    this.reasons = create("ul", { classes: "quiet reasons" });
    show(this.reasons, false);
    this.element = create("div", { classes: "import" }, create("label", {}, "Import annotations (JSON Lines or CSV): ", this.input), this.told, this.reasons);
  }

  async #bring() {
    const [file] = this.input.files;
    if (!file) return;
    setText(this.told, `Reading ${file.name} …`);
    show(this.reasons, false);
    try {
      const type = file.name.endsWith(".csv") ? "text/csv" : "application/x-ndjson";
      const response = await fetch(at("annotation/import"), { method: "POST", headers: { "Content-Type": type }, body: file });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) setText(this.told, answer.detail ?? response.statusText);
      else this.#tell(answer);
    } catch {
      setText(this.told, "The connection was lost: choose the file again. What has come in already is not taken twice.");
    }
    this.input.value = "";
  }

  async #tell({ taken, already, left_out: left, reasons }) {
    await this.taken();
    const more = [already ? `${already} were here already` : null, left ? `${left} left out` : null].filter(Boolean).join(", ");
    setText(this.told, `${count(taken, "annotation")} taken in${more ? `, ${more}` : ""}.`);
    this.reasons.replaceChildren(...reasons.slice(0, SHOWN).map(({ line, reason }) => create("li", {}, `Line ${line}: ${reason}`)));
    show(this.reasons, reasons.length > 0);
  }
}
