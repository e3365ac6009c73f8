import { isPrompt } from "../event/kinds";
import { day } from "../format/time";
import type { Event, EventId, Lane, Task, TaskId } from "../wire.gen";
import { foldChanges } from "./changed";
import { Days } from "./days";
import { groupLabel, type Stretch, stretches } from "./groups";
import { type Folds, groupKey, type Row, subagentKey, type Turn } from "./row";
import { type Placing, placeSubagents } from "./subagents";
import { sumOf } from "./sum";

/** One task's part of a timeline. */
export interface Part {
  readonly events: readonly Event[];
  readonly children: readonly Task[];
  /** Events before the first one exist, and are not loaded. */
  readonly earlier: boolean;
}

export interface Look {
  /** The chosen lanes; none is all. */
  readonly only: ReadonlySet<Lane>;
  readonly folds: Folds;
  /** Has a row of its own, whatever is folded. */
  readonly selected: EventId | null;
  /** What an opened subagent did; null while that is not known. */
  readonly inside: (id: TaskId) => Part | null;
}

/** Subagents of subagents of subagents are opened on a page of their own. */
export const DEEPEST = 3;

/** The rows of a timeline: one per prompt, answer or call, with subagents and groups folded. */
export function timelineRows(part: Part, look: Look): Row[] {
  const rows: Row[] = [];
  new Builder(look, rows).add(part, 0);
  return rows;
}

/** What holds for all events of one part. */
interface Level {
  readonly depth: number;
  readonly changed: ReadonlyMap<EventId, number>;
  readonly placing: Placing;
}

class Builder {
  readonly #look: Look;
  readonly #rows: Row[];
  readonly #days = new Days();

  constructor(look: Look, rows: Row[]) {
    this.#look = look;
    this.#rows = rows;
  }

  add({ events: all, children, earlier }: Part, depth: number): void {
    const { only, selected } = this.#look;
    if (earlier) this.#rows.push({ kind: "earlier", key: `earlier ${depth}`, depth });
    const { events, changed } = foldChanges(all, selected);
    const shown = only.size === 0 ? events : events.filter(({ lane }) => only.has(lane));
    const level = { depth, changed, placing: placeSubagents(shown, children, !earlier) };
    this.#subagents("", level);
    for (const turn of turnsOf(shown)) this.#turn(turn, level);
  }

  #turn({ prompt, events }: TurnEvents, level: Level): void {
    const rest = prompt === null ? events : events.slice(1);
    const open = prompt === null || this.#isOpen(prompt.id, true, rest);
    if (prompt !== null) {
      const turn = rest.length === 0 ? null : { open, sum: sumOf(events) };
      this.#event(prompt, level, turn);
    }
    if (!open) return;
    if (prompt !== null) this.#subagents(prompt.id, level);
    for (const stretch of stretches(rest)) this.#stretch(stretch, level);
  }

  #stretch(stretch: Stretch, level: Level): void {
    const [first] = stretch;
    const key = groupKey(first);
    const open = stretch.length === 1 || this.#isOpen(key, false, stretch);
    if (stretch.length > 1) {
      const [label, sum, last] = [groupLabel(stretch), sumOf(stretch), stretch.at(-1) ?? first];
      const { depth } = level;
      this.#day(first, depth);
      this.#rows.push({ kind: "group", key, depth, open, label, first, last, sum });
    }
    for (const event of stretch) {
      if (open) this.#event(event, level, null);
      this.#subagents(event.id, level);
    }
  }

  #event(event: Event, { depth, changed }: Level, turn: Turn | null): void {
    this.#day(event, depth);
    const files = changed.get(event.id) ?? 0;
    this.#rows.push({ kind: "event", key: event.id, depth, event, changed: files, turn });
  }

  #subagents(after: EventId | "", { depth, placing }: Level): void {
    for (const task of placing.get(after) ?? []) {
      const key = subagentKey(task);
      const open = depth < DEEPEST && this.#look.folds.get(key) === true;
      const part = open ? this.#look.inside(task.id) : null;
      this.#rows.push({ kind: "subagent", key, depth, task, open, loading: open && part === null });
      if (part !== null) this.add(part, depth + 1);
    }
  }

  /** What is selected is never hidden. */
  #isOpen(key: string, usual: boolean, held: readonly Event[]): boolean {
    const { folds, selected } = this.#look;
    const open = folds.get(key) ?? usual;
    return open || (selected !== null && held.some(({ id }) => id === selected));
  }

  /** Days are told along the task itself: a subagent's are its parent's. */
  #day(event: Event, depth: number): void {
    if (depth > 0 || !this.#days.begins(event)) return;
    const label = day(event.createdAt);
    this.#rows.push({ kind: "day", key: `day ${event.id}`, depth, label });
  }
}

interface TurnEvents {
  readonly prompt: Event | null;
  readonly events: readonly Event[];
}

/** Each prompt with what came after it; before the first prompt there may be events too. */
function turnsOf(events: readonly Event[]): TurnEvents[] {
  const starts = events.flatMap((event, index) => (isPrompt(event) ? [index] : []));
  const turns = starts.map((start, turn) => ({
    prompt: events[start] ?? null,
    events: events.slice(start, starts[turn + 1]),
  }));
  const before = events.slice(0, starts[0]);
  return before.length === 0 ? turns : [{ prompt: null, events: before }, ...turns];
}
