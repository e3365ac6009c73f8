import { type KeyboardEvent, useEffect, useRef } from "react";
import { whole } from "../../format/number";
import { IconButton } from "../common/IconButton";
import type { Find } from "./useFind";

interface Props {
  find: Find;
  /** Earlier events are not loaded, and so are not looked through. */
  partial: boolean;
  onOpen: () => void;
}

/** Finds a text in the timeline: Enter and Shift+Enter go from hit to hit. */
export function FindBar({ find: { query, hits, found, ask, go }, partial, onOpen }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const at = found === null ? 0 : hits.indexOf(found) + 1;
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onOpen();
    else if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") ask(null);
    else return;
    event.preventDefault();
  };
  return (
    <search className="find-bar">
      <input
        ref={field}
        className="field"
        aria-label="Find in this timeline"
        placeholder="Find in this timeline"
        value={query ?? ""}
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKey}
      />
      <span className="find-count tabular" role="status">
        {query === "" ? "" : `${whole(at)} of ${whole(hits.length)}`}
        {partial && query !== "" && <span title="Earlier events are not loaded yet."> loaded</span>}
      </span>
      <IconButton icon="up" label="Previous hit (Shift+Enter)" onClick={() => go(-1)} />
      <IconButton icon="down" label="Next hit (Enter)" onClick={() => go(1)} />
      <IconButton icon="close" label="Close (Esc)" onClick={() => ask(null)} />
    </search>
  );
}
