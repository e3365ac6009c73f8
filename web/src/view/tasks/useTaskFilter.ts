import { useCallback, useMemo } from "react";
import {
  filterName,
  filterParams,
  isFiltering,
  NO_FILTER,
  readFilter,
  type TaskFilter,
} from "../../store/filter";
import { usePlace } from "../place";

/** The filter that the address names, and the way to another one. */
export function useTaskFilter() {
  const { get, set } = usePlace();
  const read = useMemo(() => readFilter(get), [get]);
  const name = filterName(read);
  // Another task on the screen makes another address, and leaves the filter as it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all of it
  const filter = useMemo(() => read, [name, read.text]);
  const setFilter = useCallback(
    (next: TaskFilter) => {
      // Typing leaves one step of history, not one for each letter.
      const typing = next.text !== filter.text && next.text !== "" && filter.text !== "";
      set(filterParams(next), { replace: typing });
    },
    [filter, set],
  );
  const clear = useCallback(() => set(filterParams(NO_FILTER)), [set]);
  const by = get("group") === "project" ? ("project" as const) : ("attention" as const);
  const setBy = useCallback(
    (next: "project" | "attention") => set({ group: next === "project" ? next : null }),
    [set],
  );
  return { filter, name, isFiltering: isFiltering(filter), setFilter, clear, by, setBy };
}
