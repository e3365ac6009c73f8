import { detailsOf, isGap } from "../event/details";
import { counted } from "../format/number";
import type { Event } from "../wire.gen";

/** So many small steps in a row become one. */
const LEAST = 4;

/** A stretch of events that belong together, or one that stands alone. */
export type Stretch = readonly [Event, ...Event[]];

/** The events in order, runs of small steps together. */
export function stretches(events: readonly Event[]): Stretch[] {
  const found: Stretch[] = [];
  let run: Event[] = [];
  const close = () => {
    if (run.length >= LEAST) found.push(run as unknown as Stretch);
    else for (const event of run) found.push([event]);
    run = [];
  };
  for (const event of events) {
    if (isSmallStep(event)) run.push(event);
    else {
      close();
      found.push([event]);
    }
  }
  close();
  return found;
}

/** Looking around that went well: many of them say no more than one. */
function isSmallStep(event: Event): boolean {
  if (event.lane !== "exploration" || event.kind !== "tool.used" || isGap(event)) return false;
  const { toolStatus } = detailsOf(event);
  return toolStatus === undefined || toolStatus === "completed" || toolStatus === "running";
}

const WORDS: Readonly<Record<string, string>> = {
  read_file: "read",
  glob_files: "file search",
  grep_code: "search",
  list_files: "listing",
  web_search: "web search",
  web_fetch: "web page",
};

const PLURALS: Readonly<Record<string, string>> = {
  search: "searches",
  "file search": "file searches",
  "web search": "web searches",
};

/** "8 reads, 2 searches", the most frequent first. */
export function groupLabel(events: readonly Event[]): string {
  const counts = new Map<string, number>();
  for (const { metadata } of events) {
    const { subtypeKey } = metadata;
    const word = (typeof subtypeKey === "string" && WORDS[subtypeKey]) || "step";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([word, count]) => counted(count, word, PLURALS[word])).join(", ");
}
