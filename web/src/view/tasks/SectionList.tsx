import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import { headOver, heightOf, type ListItem } from "../../attention/items";
import type { TaskId } from "../../wire.gen";
import { useEdge } from "../common/useEdge";
import { useKeptFocus } from "../common/useKeptFocus";
import { useShownSelection } from "../common/useShownSelection";
import { SectionHead } from "./SectionHead";
import { TaskRow } from "./TaskRow";
import { useAnchor } from "./useAnchor";
import type { useHold } from "./useHold";

interface Props {
  items: readonly ListItem[];
  /** Somebody points at it: what they point at must stay where it is. */
  held: boolean;
  watch: ReturnType<typeof useHold>["watch"];
  selected: TaskId | null;
  hasOlder: boolean;
  onOlder: () => void;
  onToggle: (section: string) => void;
}

/** The rows in view; the head of the section that one is in stays at the top. */
export function SectionList({ items, held, watch, selected, hasOlder, onOlder, onToggle }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef(0);
  const rangeExtractor = useCallback(
    (range: Range) => {
      head.current = headOver(items, range.startIndex);
      return [...new Set([head.current, ...defaultRangeExtractor(range)])];
    },
    [items],
  );
  const virtual = useVirtualizer({
    count: items.length,
    estimateSize: (index) => heightOf(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    getScrollElement: () => scroller.current,
    rangeExtractor,
    overscan: 8,
    scrollPaddingStart: heightOf(undefined),
    useFlushSync: false,
  });
  useAnchor(scroller, items, held);
  useKeptFocus(scroller);
  const at = items.findIndex(({ key }) => key === selected);
  useShownSelection(at, selected, (index, align) => virtual.scrollToIndex(index, { align }));
  const nearEnd = useEdge(hasOlder ? items.at(-1)?.key : undefined, onOlder);
  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    nearEnd(element.scrollHeight - element.clientHeight - element.scrollTop);
  };
  return (
    <div className="task-scroller" ref={scroller} onScroll={onScroll} {...watch}>
      <ul className="task-list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          const stuck = index === head.current;
          const style = { height: size, ...(!stuck && { transform: `translateY(${start}px)` }) };
          return (
            <li key={key} style={style} data-stuck={stuck} data-key={item.key}>
              {item.kind === "head" ? (
                <SectionHead section={item.section} shut={item.shut} onToggle={onToggle} />
              ) : (
                <TaskRow
                  {...item.row}
                  said={{ title: item.section.title, project: item.section.needing !== undefined }}
                  selected={item.key === selected}
                />
              )}
            </li>
          );
        })}
      </ul>
      {hasOlder && (
        <button type="button" className="button more" onClick={onOlder}>
          Load older tasks
        </button>
      )}
    </div>
  );
}
