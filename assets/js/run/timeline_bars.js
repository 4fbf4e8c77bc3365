// What a timeline shows, made of a record: a lane for each expert, and in it a bar for each wait, loading and call.

const LABEL = 20; // pixels of a lane that its expert's name takes
const LEVEL = { least: 4, most: 14 }; // pixels that a call takes among as many as ever overlap
const LANE = 36; // pixels that a lane's bars should not exceed
const BETWEEN = 8; // pixels between two lanes

/**
 * `lanes` {expert, top}; `calls` that have bars, one for many that score; `bars` {kind, step, call, expert, from, to, top,
 * height} with times in seconds from the beginning, places in pixels; `seconds` and `height` of it all. A bar's kind is
 * queued, loading or generating.
 */
export function timelineOf(record) {
  const begin = record.began ?? 0;
  const since = (at) => Math.max(0, at - begin);
  const now = record.at ?? begin;
  const calls = [...record.calls.values()];
  const spans = [...calls.filter((call) => !call.scores).map((call) => spanOf(call, now)), ...scoringSpans(calls, now)];
  const experts = new Set([...record.loadings.map(({ expert }) => expert), ...spans.map(({ call }) => call.expert)]);
  const places = [...experts].map((name) => record.expert(name)).sort((a, b) => placed(a) - placed(b));
  const crowds = new Map(places.map(({ name }) => [name, crowdsOf(spans.filter(({ call }) => call.expert === name))]));
  const levels = Math.max(1, ...[...crowds.values()].flat().map((crowd) => crowd.levels));
  const height = Math.max(LEVEL.least * levels, Math.min(LEVEL.most * levels, LANE));
  const lanes = places.map((expert, place) => ({ expert, top: place * (LABEL + height + BETWEEN) }));
  const bars = [];
  for (const { expert, top } of lanes) {
    for (const crowd of crowds.get(expert.name)) {
      const level = height / crowd.levels;
      for (const { call, queued, started, ended, place } of crowd.spans) {
        const at = { step: call.step, call, expert, top: top + LABEL + place * level, height: level - 1 };
        if ((started ?? ended) > queued) bars.push({ ...at, kind: "queued", from: since(queued), to: since(started ?? ended) });
        if (started !== null) bars.push({ ...at, kind: "generating", from: since(started), to: since(ended) });
      }
    }
    for (const { from, until } of record.loadings.filter((one) => one.expert === expert.name)) {
      bars.push({ kind: "loading", step: null, call: null, expert, from: since(from), to: since(until ?? now), top: top + LABEL, height: height - 1 });
    }
  }
  return { lanes, bars, calls: spans.map(({ call }) => call), seconds: since(now), height: lanes.length * (LABEL + height + BETWEEN) };
}

function spanOf(call, now) {
  return { call, queued: call.queuedAt, started: call.startedAt, ended: call.endedAt ?? (call.over ? call.lastAt : now) };
}

/** Reward models score hundreds of times in a row: what one of them scores in a round of a step is one span. */
function scoringSpans(calls, now) {
  const rounds = Map.groupBy(calls.filter((call) => call.scores), ({ expert, step, round }) => JSON.stringify([expert, step, round]));
  return [...rounds.values()].map((own) => {
    const spans = own.map((call) => spanOf(call, now));
    const started = spans.map((span) => span.started).filter((at) => at !== null);
    return {
      call: own[0],
      queued: Math.min(...spans.map((span) => span.queued)),
      started: started.length ? Math.min(...started) : null,
      ended: Math.max(...spans.map((span) => span.ended)),
    };
  });
}

/** Models that are not in the pool, as reward models are, stand last. */
function placed({ place }) {
  return place < 0 ? Number.MAX_SAFE_INTEGER : place;
}

/** Spans that overlap, one by one or through others, are a crowd; each has the first of its levels where it overlaps none. */
function crowdsOf(spans) {
  const crowds = [];
  let free = []; // when each level of the latest crowd is free again
  for (const span of spans.sort((a, b) => a.queued - b.queued)) {
    if (free.every((at) => at <= span.queued)) {
      free = [];
      crowds.push({ spans: [], levels: 0 });
    }
    const level = free.findIndex((at) => at <= span.queued);
    span.place = level < 0 ? free.length : level;
    free[span.place] = span.ended;
    crowds.at(-1).spans.push(span);
    crowds.at(-1).levels = free.length;
  }
  return crowds;
}
