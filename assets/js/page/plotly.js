// The library that draws plots.

import { at } from "./address.js";
import { create } from "./dom.js";

/** How a plot behaves, the same everywhere. */
export const CONFIG = { displayModeBar: false, displaylogo: false, showTips: false, responsive: true, doubleClick: "reset" };

let library = null;

/** Plotly, loaded once from our own address. Its script is large: loading it stops the page for about a second. */
export function plotly() {
  library ??= new Promise((resolve, reject) => {
    const failed = () => reject(new Error("The script that draws plots could not be loaded."));
    document.head.append(create("script", { attributes: { src: at("plotly/plotly.min.js") }, on: { load: () => resolve(window.Plotly), error: failed } }));
  }).catch((error) => {
    library = null; // the next who wants it tries again
    throw error;
  });
  return library;
}

/** A text as plotly shows it unchanged: it reads some markup in its texts. */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
