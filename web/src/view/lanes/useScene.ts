import { useMemo } from "react";
import { useClock } from "../../app/ticker";
import { millis } from "../../format/time";
import { agentsOf } from "../../lanes/agents";
import { itemsOf } from "../../lanes/items";
import { connectorsOf } from "../../lanes/relations";
import type { Span } from "../../lanes/scale";
import { tracksOf } from "../../lanes/tracks";
import type { Event, Lane, Session, Task } from "../../wire.gen";

interface Shown {
  readonly events: readonly Event[];
  readonly subagents: readonly Task[];
  readonly sessions: readonly Session[];
  readonly only: ReadonlySet<Lane>;
  readonly whole: Span;
  readonly live: boolean;
  readonly at: number | null;
}

/** What there is to draw, apart from which part of it is in view. */
export function useScene({ events, subagents, sessions, only, whole, live, at }: Shown) {
  const chosen = useMemo(
    () => (only.size === 0 ? events : events.filter(({ lane }) => only.has(lane))),
    [events, only],
  );
  const items = useMemo(() => itemsOf(chosen), [chosen]);
  const withAgents = only.size === 0 || only.has("coordination");
  const agents = useMemo(
    () => (withAgents ? agentsOf(subagents, items) : []),
    [withAgents, subagents, items],
  );
  const tracks = useMemo(() => tracksOf([...items, ...agents]), [items, agents]);
  const restarts = useMemo(
    () => restartsOf(sessions).filter((began) => at === null || began <= at),
    [sessions, at],
  );
  const second = useClock((now) => (live ? Math.floor(now / 1_000) * 1_000 : 0));
  const now = at ?? (live ? Math.max(second, items.at(-1)?.from ?? 0) : whole.to);
  return { items, agents, tracks, sessions: restarts, now };
}

/** When a task's sessions after the first began. */
function restartsOf(sessions: readonly Session[]): number[] {
  return sessions
    .map(({ startedAt }) => millis(startedAt))
    .sort((a, b) => a - b)
    .slice(1);
}

/** What the selected event and the one under the pointer have to do with others. */
export function useConnectors(
  { items, agents }: Pick<ReturnType<typeof useScene>, "items" | "agents">,
  selected: string | null,
  hovered: string | null,
) {
  const own = useMemo(() => connectorsOf(items, agents, selected), [items, agents, selected]);
  const pointed = useMemo(() => connectorsOf(items, agents, hovered), [items, agents, hovered]);
  return useMemo(() => [...own, ...pointed], [own, pointed]);
}
