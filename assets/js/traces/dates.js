// Dates as the list's filters and rows have them, by the reader's own clock.

/** Ranges to choose at once; `days` counts today in. */
export const RANGES = [
  { name: "today", title: "today", days: 1 },
  { name: "7-days", title: "last 7 days", days: 7 },
  { name: "30-days", title: "last 30 days", days: 30 },
];

/** Unix seconds at which a filter begins: the name of a range or a date such as 2026-11-21; null for anything else. */
export function begin(since) {
  const range = RANGES.find(({ name }) => name === since);
  return range ? midnight(today(), 1 - range.days) : midnight(day(since));
}

/** Unix seconds at which the last day of a filter is over; null where `until` is no date. */
export function end(until) {
  return midnight(day(until), 1);
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A moment as briefly as it is clear today: "14:03", "21 Nov, 14:03" or "21 Nov 2025". */
export function when(unixSeconds) {
  const moment = new Date(unixSeconds * 1000);
  const now = new Date();
  if (moment.toDateString() === now.toDateString()) return TIME.format(moment);
  if (moment.getFullYear() === now.getFullYear()) return `${DAY.format(moment)}, ${TIME.format(moment)}`;
  return YEAR.format(moment);
}

function today() {
  return new Date(new Date().toDateString());
}

function day(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? new Date(`${text}T00:00`) : null;
}

/** The beginning of the day that is `days` after `date`, in Unix seconds. */
function midnight(date, days = 0) {
  if (date === null || Number.isNaN(date.getTime())) return null;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime() / 1000;
}
