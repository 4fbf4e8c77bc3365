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

/** Say to a screen reader what an element is. */
export function label(element, words) {
  if (element.ariaLabel !== words) element.ariaLabel = words;
}

/** Show or hide an element. */
export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

/**
 * Give an element these children. Where one is like the one in its place, that stays and takes on what is new, so that it
 * keeps the focus; listeners of the new one are not taken over.
 */
export function refill(parent, ...children) {
  const before = [...parent.childNodes];
  const after = children.filter((child) => child !== null).map((child) => (typeof child === "string" ? document.createTextNode(child) : child));
  after.forEach((child, place) => {
    const there = before[place];
    if (!there) parent.append(child);
    else if (!alike(there, child)) there.replaceWith(child);
    else if (!there.isEqualNode(child)) takeOn(there, child);
  });
  for (const gone of before.slice(after.length)) gone.remove();
}

/** Whether two nodes are of a kind, and lead to the same place if to any. */
function alike(one, other) {
  return one.nodeName === other.nodeName && one.href === other.href;
}

function takeOn(there, child) {
  if (there.nodeType === Node.TEXT_NODE) {
    there.data = child.data;
    return;
  }
  for (const { name } of [...there.attributes]) if (!child.hasAttribute(name)) there.removeAttribute(name);
  for (const { name, value } of child.attributes) if (there.getAttribute(name) !== value) there.setAttribute(name, value);
  refill(there, ...child.childNodes);
}

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the reader wants nothing to move that need not. */
export function calm() {
  return CALM.matches;
}

/** Scroll to an element, without haste unless the reader wants no motion. */
export function bringIntoView(element, block = "start") {
  element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });
}

/** Set a data attribute, or remove it where the value is null. */
export function mark(element, name, value) {
  if (value === null || value === undefined) delete element.dataset[name];
  else if (element.dataset[name] !== String(value)) element.dataset[name] = value;
}

/**
 * The children of `parent`, one for each item, by key and in the order of the items: made when an item first comes, updated
 * each time, removed when it has gone. `make(item)` gives an object with an `element`.
 */
export class Keyed {
  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
    this.parts = new Map();
  }

  update(items, keyOf, update) {
    const keys = new Set(items.map(keyOf));
    for (const [key, part] of this.parts) {
      if (keys.has(key)) continue;
      part.element.remove();
      this.parts.delete(key);
    }
    items.forEach((item, place) => {
      const key = keyOf(item);
      if (!this.parts.has(key)) this.parts.set(key, this.make(item));
      const part = this.parts.get(key);
      const there = this.parent.children[place] ?? null;
      if (there !== part.element) this.parent.insertBefore(part.element, there);
      update(part, item);
    });
  }
}
