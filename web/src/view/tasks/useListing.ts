import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { OPEN_READ } from "../../app/sync";
import { useClock } from "../../app/ticker";
import { listingOf } from "../../attention/listing";
import { filterName } from "../../store/filter";
import { useTaskFilter } from "./useTaskFilter";

const MINUTE_MS = 60_000;

/** The tasks as the person wants to see them: the same for the list and the board. */
export function useListing() {
  const filtering = useTaskFilter();
  const tasks = useMonitor((state) => state.tasks);
  const filtered = useMonitor((state) => state.filtered);
  const workspaces = useMonitor((state) => state.workspaces);
  const overview = useMonitor((state) => state.overview);
  // What time changes about them, it changes by the minute.
  const now = useClock((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const { filter, name, isFiltering } = filtering;
  const isRead = !isFiltering || (filtered !== null && filterName(filtered.filter) === name);
  const held = useMemo(
    () => ({ tasks, filtered: isFiltering ? filtered : null, workspaces, overview }),
    [tasks, filtered, isFiltering, workspaces, overview],
  );
  const listing = useMemo(() => listingOf(held, filter, OPEN_READ, now), [held, filter, now]);
  return { ...filtering, held, listing, isRead };
}
