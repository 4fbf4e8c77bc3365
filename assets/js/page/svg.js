// Drawing: shapes are made by DOM methods, so nothing a model writes can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** A new SVG element with attributes and children; strings among the children become text. */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
