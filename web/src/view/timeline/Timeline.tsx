import { useMemo, useRef } from "react";
import type { Standing } from "../../event/standing";
import { counted } from "../../format/number";
import { useCommands } from "../../keys/useCommands";
import type { Row } from "../../timeline/row";
import type { EventId } from "../../wire.gen";
import { Icon } from "../common/Icon";
import { useEdge } from "../common/useEdge";
import { useShownSelection } from "../common/useShownSelection";
import { useStable } from "../common/useStable";
import { LaneRailHead } from "./LaneRail";
import { rowId } from "./rowId";
import { type RowActions, TimelineRow } from "./TimelineRow";
import { useCursor } from "./useCursor";
import { useFollowTail } from "./useFollowTail";
import { useKeptPlace } from "./useKeptPlace";
import { useRowWindow } from "./useRowWindow";

interface Props {
  rows: readonly Row[];
  workspace: string | undefined;
  selected: EventId | null;
  /** The hit of a search that is looked at: shown, and not opened. */
  found: EventId | null;
  bookmarked: ReadonlySet<EventId>;
  standing: ReadonlyMap<EventId, Standing>;
  onSelect: (id: EventId | null) => void;
  onFold: (key: string, open: boolean) => void;
  onEarlier: () => void;
  /** Whether somebody reads further back than the end. */
  onHold: (held: boolean) => void;
}

export const ROW_PX = 32;

/** The events of a task, oldest at the top, each in its lane. */
export function Timeline(props: Props) {
  const { rows, workspace, selected, bookmarked, standing, onSelect, onFold, onHold } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const tail = useFollowTail(scroller, keys, onHold);
  const { following } = tail;
  const shown = useRowWindow(scroller, { count: rows.length, rowPx: ROW_PX, following });
  const keepPlace = useKeptPlace(scroller, keys, { rowPx: ROW_PX, following });
  const isCut = keys[0]?.startsWith("earlier") === true;
  const nearTop = useEdge(isCut ? keys[1] : undefined, props.onEarlier);
  const onScroll = () => {
    tail.onScroll();
    keepPlace();
    shown.onScroll();
    // While the end is followed nobody scrolls: the list is only being laid out.
    if (!following && scroller.current !== null) nearTop(scroller.current.scrollTop);
  };
  const cursor = useCursor({ rows, selected, onSelect, onFold });
  const { found } = props;
  const at = found === null ? cursor.at : keys.indexOf(found);
  useShownSelection(at, found ?? cursor.key, shown.show);
  useCommands({ latest: () => tail.setFollowing(true) });
  const onPick = useStable(cursor.go);
  const onEarlier = useStable(props.onEarlier);
  const actions: RowActions = useMemo(
    () => ({ onPick, onFold, onEarlier }),
    [onPick, onFold, onEarlier],
  );
  return (
    <section className="timeline" aria-label="Timeline">
      <TimelineHead />
      <div
        ref={scroller}
        className="timeline-scroller"
        role="tree"
        tabIndex={0}
        aria-label={counted(rows.length, "row")}
        aria-activedescendant={
          cursor.at >= 0 && cursor.key !== null ? rowId(cursor.key) : undefined
        }
        onScroll={onScroll}
      >
        <div className="timeline-rows" style={{ height: rows.length * ROW_PX }}>
          {rows.slice(shown.rows.first, shown.rows.end).map((row, place) => {
            const index = shown.rows.first + place;
            return (
              // An element goes from row to row: changing a text costs less than a new element.
              <div
                key={index % shown.rows.slots}
                className="timeline-row"
                style={{ transform: `translateY(${index * ROW_PX}px)` }}
              >
                <TimelineRow
                  row={row}
                  actions={actions}
                  workspace={workspace}
                  bookmarked={bookmarked}
                  standing={standing}
                  selected={row.key === cursor.key}
                  found={row.key === found}
                />
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

function TimelineHead() {
  return (
    <div className="timeline-head" aria-hidden="true">
      <span className="event-time">Time</span>
      <LaneRailHead />
      <span className="status-icon" />
      <span className="event-kind">Kind</span>
      <span className="event-text">Event</span>
      <span className="event-duration">Took</span>
    </div>
  );
}
