// Building and changing the page. Text is always set as text, so nothing a model writes can become markup.

/** A new element with classes, attributes and children; strings among the children become text. */
export function create(tag, { classes = "", attributes = {}, on = {} } = {}, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Set an element's text, leaving the page alone where it already reads so. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Show or hide an element. */
export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** Scroll to an element, without haste unless the reader wants no motion. */
export function bringIntoView(element) {
  element.scrollIntoView({ behavior: CALM.matches ? "auto" : "smooth", block: "start" });
}

/** Set a data attribute, or remove it where the value is null. */
export function mark(element, name, value) {
  if (value === null || value === undefined) delete element.dataset[name];
  else if (element.dataset[name] !== String(value)) element.dataset[name] = value;
}

/** Children by key: makes each once, keeps them in the order first seen, and updates all. */
export class Keyed {
  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
    this.parts = new Map();
  }

  update(items, keyOf, update) {
    for (const item of items) {
      const key = keyOf(item);
      if (!this.parts.has(key)) {
        const part = this.make(item);
        this.parts.set(key, part);
        this.parent.append(part.element);
      }
      update(this.parts.get(key), item);
    }
  }
}
