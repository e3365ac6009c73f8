import { groupBy } from "../store/family";
import type { TaskId } from "../wire.gen";
import type { ListRow, Section } from "./sections";

/**
 * The sections as they are now, with every row that was shown still where it was: nothing moves
 * under a pointer. What is new joins the end of its section; what left stays, and says so.
 */
export function held(shown: readonly Section[], now: readonly Section[]): readonly Section[] {
  if (shown === now) return now;
  const current = new Map(
    now.flatMap(({ rows }) => rows.map((row) => [row.task.id, row] as const)),
  );
  const known = new Set(shown.flatMap(({ rows }) => rows.map(({ task }) => task.id)));
  const fresh = new Map(now.map((section) => [section.key, section]));
  const stayed = shown.map((section) => {
    const next = fresh.get(section.key);
    fresh.delete(section.key);
    const added = next?.rows.filter(({ task }) => !known.has(task.id)) ?? [];
    const rows = [...section.rows.map((row) => inPlace(row, current)), ...added];
    return { ...(next ?? { ...section, count: 0 }), rows };
  });
  const added = [...fresh.values()].map((section) => ({
    ...section,
    rows: section.rows.filter(({ task }) => !known.has(task.id)),
  }));
  return inserted(
    stayed,
    added.filter(({ rows }) => rows.length > 0),
    now,
  );
}

function inPlace(row: ListRow, current: ReadonlyMap<TaskId, ListRow>): ListRow {
  const next = current.get(row.task.id);
  if (next === undefined) return row.leaving ? row : { ...row, leaving: true };
  return next.depth === row.depth ? next : { ...next, depth: row.depth };
}

/** New sections where the order of now has them: before the first shown one that follows them. */
function inserted(
  stayed: readonly Section[],
  added: readonly Section[],
  now: readonly Section[],
): readonly Section[] {
  const kept = new Set(stayed.map(({ key }) => key));
  const followerOf = (key: string) => {
    const at = now.findIndex((section) => section.key === key);
    return now.slice(at).find((section) => kept.has(section.key))?.key ?? "";
  };
  const before = groupBy(added, ({ key }) => followerOf(key));
  const placed = stayed.flatMap((section) => [...(before.get(section.key) ?? []), section]);
  return [...placed, ...(before.get("") ?? [])];
}
