import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { TimelineRow } from "../../event/rows";
import type { Standing } from "../../event/standing";
import { counted } from "../../format/number";
import { useCommands } from "../../keys/useCommands";
import type { EventId } from "../../wire.gen";
import { Icon } from "../common/Icon";
import { useEdge } from "../common/useEdge";
import { useShownSelection } from "../common/useShownSelection";
import { EventRow, rowId } from "./EventRow";
import { LaneRailHead } from "./LaneRail";
import { useFollowTail } from "./useFollowTail";
import { useKeptPlace } from "./useKeptPlace";

interface Props {
  rows: readonly TimelineRow[];
  workspace: string | undefined;
  selected: EventId | null;
  bookmarked: ReadonlySet<EventId>;
  standing: ReadonlyMap<EventId, Standing>;
  onSelect: (id: EventId) => void;
  onEarlier: () => void;
}

export const ROW_PX = 32;

/** The events of a task, oldest at the top, each in its lane. */
export function Timeline(props: Props) {
  const { rows, workspace, selected, bookmarked, standing, onSelect, onEarlier } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => keys[index] ?? index,
    getScrollElement: () => scroller.current,
    overscan: 12,
    useFlushSync: false,
  });
  useKeptPlace(scroller, keys, ROW_PX);
  const tail = useFollowTail(scroller, keys);
  const nearTop = useEdge(keys[0] === "earlier" ? keys[1] : undefined, onEarlier);
  const onScroll = () => {
    tail.onScroll();
    // While the end is followed nobody scrolls: the list is only being laid out.
    if (scroller.current !== null && !tail.following) nearTop(scroller.current.scrollTop);
  };
  const at = selected === null ? -1 : keys.indexOf(selected);
  useShownSelection(at, selected, (index, align) => virtual.scrollToIndex(index, { align }));
  const move = (step: 1 | -1) => {
    const next = nextEvent(rows, at, step);
    if (next !== null) onSelect(next);
  };
  useCommands({
    "next-event": () => move(1),
    "previous-event": () => move(-1),
    latest: () => tail.setFollowing(true),
  });
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline-head" aria-hidden="true">
        <span className="event-time">Time</span>
        <LaneRailHead />
        <span className="status-icon" />
        <span className="event-kind">Kind</span>
        <span className="event-text">Event</span>
        <span className="event-duration">Took</span>
      </div>
      <div
        ref={scroller}
        className="timeline-scroller"
        role="listbox"
        tabIndex={0}
        aria-label={counted(rows.length, "row")}
        aria-activedescendant={at >= 0 && selected !== null ? rowId(selected) : undefined}
        onScroll={onScroll}
      >
        <div className="timeline-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            return (
              <div
                key={key}
                className="timeline-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                {row?.kind === "day" && <div className="day-row">{row.label}</div>}
                {row?.kind === "earlier" && <EarlierRow onEarlier={onEarlier} />}
                {row?.kind === "event" && (
                  <EventRow
                    event={row.event}
                    workspace={workspace}
                    bookmarked={bookmarked.has(row.key)}
                    standing={standing.get(row.key)}
                    selected={row.key === selected}
                    onSelect={onSelect}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {!tail.following && (
        <button type="button" className="button jump" onClick={() => tail.setFollowing(true)}>
          <Icon name="down" />
          Jump to latest{tail.unseen > 0 && ` (${tail.unseen} new)`}
        </button>
      )}
    </section>
  );
}

function EarlierRow({ onEarlier }: { onEarlier: () => void }) {
  return (
    <div className="day-row">
      <button type="button" className="text-button" onClick={onEarlier}>
        Load earlier events
      </button>
    </div>
  );
}

/** The nearest event that way; from nowhere, the last one. */
function nextEvent(rows: readonly TimelineRow[], at: number, step: 1 | -1): EventId | null {
  if (at < 0) return rows.findLast(({ kind }) => kind === "event")?.key ?? null;
  for (let index = at + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index];
    if (row?.kind === "event") return row.key;
  }
  return null;
}
