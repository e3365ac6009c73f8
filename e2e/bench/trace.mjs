// What a page's main thread did, out of a trace of the browser.

/**
 * The work of each frame, in milliseconds of the processor: how much 95 of 100 need at most, and the
 * longest piece. Waiting for a processor that something else has is no work.
 */
export function workOf({ traceEvents }) {
  const thread = mainThread(traceEvents);
  const own = traceEvents.filter(({ pid, tid }) => `${pid}.${tid}` === thread);
  const pieces = own
    .filter(({ name, ph }) => ph === "X" && name === "ThreadControllerImpl::RunTask")
    .map(({ ts, dur, tdur = dur }) => ({ from: ts, ms: tdur / 1e3, to: ts + dur }))
    .sort((a, b) => a.from - b.from);
  // A browser that names them otherwise must not look as if the page did nothing.
  if (pieces.length === 0) throw new Error("the trace tells of no work");
  const beats = own.filter(({ name }) => name === "FireAnimationFrame").map(({ ts }) => ts);
  const sums = framesOf(pieces, new Set(beats.map((ts) => holding(pieces, ts))));
  return { p95: quantile(sums, 0.95), longest: Math.max(0, ...pieces.map(({ ms }) => ms)) };
}

/** The thread that paints the most frames. */
function mainThread(events) {
  const counts = new Map();
  for (const { name, pid, tid } of events) {
    if (name !== "FireAnimationFrame") continue;
    const thread = `${pid}.${tid}`;
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function holding(pieces, ts) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces[middle].from <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What was done from one frame to the next; `firsts` are the pieces in which frames were painted. */
function framesOf(pieces, firsts) {
  const sums = [];
  for (const [index, { ms }] of pieces.entries()) {
    if (firsts.has(index)) sums.push(0);
    if (sums.length > 0) sums[sums.length - 1] += ms;
  }
  return sums;
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
