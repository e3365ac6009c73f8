import { useEffect, useRef } from "react";
import { messageOf } from "../../api/errors";
import { useApp } from "../../app/context";
import { notify } from "../../app/notices";
import { useTaskFilter } from "./useTaskFilter";

/** The server is asked once the typing pauses. */
const TYPING_MS = 150;

/** Has the server's part of what fits the filter read, for as long as there is one. */
export function useFilterRead(): void {
  const { monitor } = useApp();
  const { filter, name, isFiltering } = useTaskFilter();
  const text = useRef(filter.text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all of the filter
  useEffect(() => {
    const typed = text.current !== filter.text;
    text.current = filter.text;
    const read = () =>
      void monitor
        .filter(isFiltering ? filter : null)
        .catch((error) => notify(`Could not filter all tasks: ${messageOf(error)}`, "bad"));
    if (!typed) return read();
    const timer = setTimeout(read, TYPING_MS);
    return () => clearTimeout(timer);
  }, [monitor, name]);
}
