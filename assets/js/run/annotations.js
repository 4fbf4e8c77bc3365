// What people and model judges said of a run's calls.

import { get } from "../page/read.js";

let known = { run: null, coming: null };

/** A promise of the annotations of a run's calls, as far as this person may see them; they are asked for once. */
export function annotationsOf(run) {
  if (known.run !== run) known = { run, coming: get(`annotation/runs/${encodeURIComponent(run)}`) };
  return known.coming;
}

/** The verdicts among them on one call in words; empty where there is none. */
export function saidOf(annotations, call) {
  const said = annotations.filter((one) => one.call === call && one.status === "done");
  if (!said.length) return "";
  const words = said.map(({ annotator, verdict, followed, spans }) => {
    const parts = [verdict ?? "no verdict", followed === null ? null : followed ? "followed" : "not followed"];
    const labels = [...new Set(spans.map(({ label }) => label))];
    return `${[...parts, ...labels].filter(Boolean).join(", ")} (${annotator})`;
  });
  return `Annotated: ${words.join(" · ")}`;
}
