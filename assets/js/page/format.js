// How numbers and times read.

export function seconds(value) {
  if (value === null || value === undefined) return "–";
  if (value < 100) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Seconds as a player shows them: 1:05. */
export function clock(value) {
  const whole = Math.floor(value);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const NUMBER = new Intl.NumberFormat("en-GB");

export function count(value, one, many = `${one}s`) {
  return `${NUMBER.format(value)} ${value === 1 ? one : many}`;
}

export function rate(tokens, duration) {
  return duration > 0 && tokens > 0 ? `${(tokens / duration).toFixed(1)} tokens/s` : null;
}

/** Numbers that belong together stand in a row. */
export function row(...parts) {
  return parts.filter(Boolean).join(" · ");
}

export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

export function signed(value) {
  return value > 0 ? `+${value}` : value < 0 ? `−${Math.abs(value)}` : "0";
}

/** 494000000 → 494M, unless the expert's title says its size already. */
export function size({ title, parameters: value }) {
  if (!value || /\d\s?[BM]\b/i.test(title)) return "";
  return value >= 1e9 ? `${(value / 1e9).toFixed(1)}B` : `${Math.round(value / 1e6)}M`;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A moment in Unix seconds, as a reader's own clock shows it. */
export function moment(unixSeconds) {
  return MOMENT.format(new Date(unixSeconds * 1000));
}

/** The first line that says something, for a row that unfolds. */
export function firstLine(text) {
  return text.split("\n").find((line) => line.trim())?.trim() ?? "";
}

/** 1117320768 → 1.1 GB: decimal, as disks and downloads are sold. */
export function bytes(value) {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} GB`;
  return value >= 1e6 ? `${Math.round(value / 1e6)} MB` : `${Math.ceil(value / 1e3)} kB`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** A date as a file states it, 2026-11-21, or whatever else stands there as it is. */
export function day(stated) {
  const date = new Date(stated);
  return Number.isNaN(date.getTime()) ? stated : DAY.format(date);
}
