// A caret in a text that cannot be written in, moved and drawn by us, so that spans can be selected by keyboard alone.

import { create, show } from "../page/dom.js";
import { Stops } from "./stops.js";

const SPOKEN = 160; // characters of a selection that are said aloud

export class Caret {
  #place = 0; // where the caret was last, in units

  /** In a text node; `say(words)` tells a screen reader. */
  constructor(node, say) {
    this.node = node;
    this.say = say;
    this.stops = new Stops(node.data);
    this.element = create("span", { classes: "caret", attributes: { "aria-hidden": "true" } });
    show(this.element, false);
  }

  /** The text has the focus: draw the caret, where the browser's selection is or where it was last. */
  focus(chosen) {
    const selection = getSelection();
    if (selection.focusNode === this.node) return this.#draw();
    if (chosen) selection.setBaseAndExtent(this.node, chosen[0], this.node, chosen[1]);
    else selection.collapse(this.node, this.#place);
  }

  hide() {
    show(this.element, false);
  }

  /** The browser's selection has changed. */
  follow({ focusNode, focusOffset }) {
    if (focusNode !== this.node) return;
    this.#place = focusOffset;
    this.#draw();
  }

  /** Move or select by a key. */
  key(event) {
    const moved = this.#moved(event);
    if (!moved) return;
    event.preventDefault();
    const selection = getSelection();
    const before = this.#place;
    const [anchor, focus] = moved;
    selection.setBaseAndExtent(this.node, anchor, this.node, focus);
    this.#place = focus;
    this.#draw();
    this.#follow();
    const [from, to] = anchor === focus ? [Math.min(before, focus), Math.max(before, focus)] : [Math.min(anchor, focus), Math.max(anchor, focus)];
    const words = this.node.data.slice(from, to).slice(0, SPOKEN);
    if (words) this.say(anchor === focus ? words : `selected: ${words}`);
  }

  /** Where a key moves the selection's ends to: [anchor, focus], or null where the key is none of ours. */
  #moved(event) {
    const selection = getSelection();
    const inside = selection.focusNode === this.node && selection.anchorNode === this.node;
    const [anchor, focus] = inside ? [selection.anchorOffset, selection.focusOffset] : [this.#place, this.#place];
    if (event.altKey || event.metaKey) return null;
    if (!event.ctrlKey && (event.key === "w" || event.key === "e")) return this.#whole(anchor, focus, event.key === "w" ? "word" : "sentence");
    if (event.ctrlKey && event.key === "a") return [0, this.node.length];
    const to = this.#to(event, selection, focus);
    return to === null ? null : [event.shiftKey ? anchor : to, to];
  }

  /** Select the word or sentence at the caret; asked again, the next one as well. */
  #whole(anchor, focus, granularity) {
    if (anchor !== focus) {
      const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
      let next = end;
      while (next < this.node.length && !this.node.data[next].trim()) next += 1;
      return [start, this.stops.around(next, granularity)[1]];
    }
    return this.stops.around(focus, granularity);
  }

  #to({ key, ctrlKey }, selection, focus) {
    switch (key) {
      case "ArrowRight":
        return this.stops.after(focus, ctrlKey ? "word" : "grapheme");
      case "ArrowLeft":
        return this.stops.before(focus, ctrlKey ? "word" : "grapheme");
      case "ArrowDown":
        return ctrlKey ? this.stops.after(focus, "sentence") : this.#modified(selection, focus, "forward", "line");
      case "ArrowUp":
        return ctrlKey ? this.stops.before(focus, "sentence") : this.#modified(selection, focus, "backward", "line");
      case "Home":
        return ctrlKey ? 0 : this.#modified(selection, focus, "backward", "lineboundary");
      case "End":
        return ctrlKey ? this.node.length : this.#modified(selection, focus, "forward", "lineboundary");
      default:
        return null;
    }
  }

  /** Where the browser itself would move to: only it knows the lines. */
  #modified(selection, focus, direction, granularity) {
    const { anchorNode, anchorOffset } = selection;
    selection.collapse(this.node, focus);
    selection.modify("move", direction, granularity);
    const to = selection.focusNode === this.node ? selection.focusOffset : direction === "forward" ? this.node.length : 0;
    selection.setBaseAndExtent(anchorNode ?? this.node, anchorNode ? anchorOffset : focus, this.node, focus);
    return to;
  }

  #draw() {
    const text = this.element.parentElement?.firstElementChild;
    show(this.element, document.activeElement === text);
    if (this.element.hidden) return;
    const { left, top, height } = this.#rectangle();
    const frame = this.element.parentElement.getBoundingClientRect();
    const { scrollLeft, scrollTop } = this.element.parentElement;
    Object.assign(this.element.style, { left: `${left - frame.left + scrollLeft}px`, top: `${top - frame.top + scrollTop}px`, height: `${height}px` });
  }

  #rectangle() {
    const range = new Range();
    const place = Math.min(this.#place, this.node.length);
    range.setStart(this.node, place);
    range.setEnd(this.node, this.stops.after(place, "grapheme"));
    const [next] = range.getClientRects();
    if (next) return next;
    range.setStart(this.node, this.stops.before(place, "grapheme"));
    const last = [...range.getClientRects()].at(-1) ?? this.element.parentElement.getBoundingClientRect();
    return { left: last.right, top: last.top, height: last.height };
  }

  /** Keep the caret in sight. */
  #follow() {
    this.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
