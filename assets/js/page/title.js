// What the browser's tab says.

/** Name what the page shows; the product's name follows. */
export function entitle(...parts) {
  document.title = [...parts.filter(Boolean), "Disputatio"].join(" · ");
}
