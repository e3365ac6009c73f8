import { useCallback, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { itemsOf } from "../../attention/items";
import { sectionsOf } from "../../attention/listing";
import { useCommands } from "../../keys/useCommands";
import { storeCollapsed, storedCollapsed } from "../../prefs/collapsed";
import { useOnce } from "../common/useOnce";
import { usePlace } from "../place";
import { FilterBar } from "./FilterBar";
import { NoRows } from "./NoRows";
import { SectionList } from "./SectionList";
import { useHeldSections } from "./useHeldSections";
import { useHold } from "./useHold";
import { useListing } from "./useListing";

/** The list of tasks with its filter, and the keys that go through it. */
export function Tasks({ onSearch }: { onSearch: () => void }) {
  const { taskId, openTask } = usePlace();
  const { listing, held: data, by, name, isFiltering, isRead, clear } = useListing();
  const failure = useMonitor((state) => state.failures.tasks);
  const { held, watch } = useHold();
  const [shut, toggle] = useCollapsed();
  const current = useMemo(() => sectionsOf(listing, by, data), [listing, by, data]);
  const sections = useHeldSections(current, held, `${by} ${name}`);
  const items = useMemo(() => itemsOf(sections, shut), [sections, shut]);
  const step = (by: 1 | -1) => {
    const ids = items.flatMap((item) => (item.kind === "task" ? item.key : []));
    const next = ids[taskId !== null && ids.includes(taskId) ? ids.indexOf(taskId) + by : 0];
    if (next !== undefined) openTask(next);
  };
  useCommands({ "next-task": () => step(1), "previous-task": () => step(-1) });
  const older = useOlder();
  return (
    <aside className="task-pane" aria-label="Tasks">
      <FilterBar all={listing.all} counts={listing.counts} groups onSearch={onSearch} />
      {items.length > 0 ? (
        <SectionList
          items={items}
          held={held}
          watch={watch}
          selected={taskId}
          hasOlder={listing.hasOlder}
          onOlder={older}
          onToggle={toggle}
        />
      ) : (
        <NoRows
          reading={data.tasks === null || !isRead}
          failed={failure !== undefined && data.tasks === null}
          isFiltering={isFiltering}
          onClear={clear}
        />
      )}
    </aside>
  );
}

function useOlder(): () => void {
  const { monitor } = useApp();
  return useOnce(() => monitor.loadOlderTasks().catch((error) => notify(messageOf(error), "bad")));
}

function useCollapsed() {
  const [shut, setShut] = useState(storedCollapsed);
  const toggle = useCallback((key: string) => {
    setShut((old) => {
      const next = new Set(old);
      if (!next.delete(key)) next.add(key);
      storeCollapsed(next);
      return next;
    });
  }, []);
  return [shut, toggle] as const;
}
