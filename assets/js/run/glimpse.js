// What a folded row or panel shows of a text.

const MOST = 240; // characters, more than there is room for

/** The latest words while they are written, the first ones afterwards; of a failed call what went wrong. */
export function glimpse(call) {
  if (call.state === "failed") return call.message;
  const words = call.state === "thinking" ? call.text.slice(-MOST / 2) : call.text.slice(0, MOST);
  return words.replace(/\s+/g, " ").trim();
}
