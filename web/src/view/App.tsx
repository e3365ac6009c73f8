import { useMemo, useRef, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { messageOf } from "../api/errors";
import { useApp, useMonitor } from "../app/context";
import { showDialog } from "../app/dialogs";
import { notify } from "../app/notices";
import { CommandBus, CommandContext, useCommands, useKeyboard } from "../keys/useCommands";
import type { Nested } from "../store/family";
import { NO_FILTER, type TaskFilter, taskRows } from "../store/filter";
import { rowsOf } from "../store/identity";
import { BookmarksPage } from "./bookmarks/BookmarksPage";
import { useOnce } from "./common/useOnce";
import { DiagnosticsPage } from "./diagnostics/DiagnosticsPage";
import { Dialogs } from "./dialogs/Dialogs";
import { AttachPage } from "./empty/Attach";
import { NotFound } from "./empty/NotFound";
import { ConnectionPill } from "./frame/ConnectionPill";
import { DiskBanner } from "./frame/DiskBanner";
import { Header } from "./frame/Header";
import { ImportBanner } from "./frame/ImportBanner";
import { NoticeBar } from "./frame/NoticeBar";
import { useDocumentTitle } from "./frame/useDocumentTitle";
import { OverviewPage } from "./overview/OverviewPage";
import { usePlace } from "./place";
import { TaskPage } from "./task/TaskPage";
import { TaskPane } from "./tasks/TaskPane";

/** The whole page: list, centre and inspector, and the keys that move between them. */
export function App() {
  const [bus] = useState(() => new CommandBus());
  useKeyboard(bus);
  return (
    <CommandContext value={bus}>
      <Frame />
    </CommandContext>
  );
}

function Frame() {
  const [location] = useLocation();
  const place = usePlace();
  useDocumentTitle(place.taskId);
  useCommands({
    overview: () => place.goTo("/"),
    bookmarks: () => place.goTo("/bookmarks"),
    attach: () => place.goTo("/attach"),
    diagnostics: () => place.goTo("/diagnostics"),
  });
  return (
    <div className="app" data-place={location === "/" ? "overview" : "other"}>
      <Header
        path={location}
        connection={<Connected />}
        onHelp={() => showDialog({ kind: "help" })}
      />
      <Tasks />
      <div className="centre">
        <Switch>
          <Route path="/">
            <OverviewPage />
          </Route>
          <Route path="/bookmarks">
            <BookmarksPage />
          </Route>
          <Route path="/attach">
            <AttachPage />
          </Route>
          <Route path="/diagnostics">
            <DiagnosticsPage />
          </Route>
          <Route path="/tasks/:id">
            {place.taskId !== null && (
              <TaskPage
                taskId={place.taskId}
                eventId={place.eventId}
                onSelectEvent={place.selectEvent}
              />
            )}
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </div>
      <DiskBanner />
      <ImportBanner />
      <NoticeBar />
      <Dialogs />
    </div>
  );
}

function Connected() {
  const connection = useMonitor((state) => state.connection);
  const readAt = useMonitor((state) => state.readAt);
  const failure = useMonitor(({ failures }) => failures.tasks ?? failures.task);
  return <ConnectionPill connection={connection} readAt={readAt} failure={failure?.message} />;
}

function Tasks() {
  const { monitor } = useApp();
  const { taskId, openTask } = usePlace();
  const [filter, setFilter] = useState<TaskFilter>(NO_FILTER);
  const search = useRef<HTMLInputElement>(null);
  const tasks = useMonitor((state) => state.tasks);
  const rows = useMemo(() => (tasks ? taskRows(rowsOf(tasks), filter) : null), [tasks, filter]);
  const step = (by: 1 | -1) => {
    const next = neighbour(rows ?? [], taskId, by);
    if (next !== null) openTask(next);
  };
  useCommands({
    search: () => search.current?.focus(),
    "next-task": () => step(1),
    "previous-task": () => step(-1),
  });
  const older = useOnce(() =>
    monitor.loadOlderTasks().catch((error) => notify(messageOf(error), "bad")),
  );
  return (
    <TaskPane
      rows={rows}
      total={tasks?.order.length ?? 0}
      hasOlder={tasks?.before !== undefined}
      selected={taskId}
      filter={filter}
      stats={useMonitor((state) => state.overview?.stats)}
      failure={useMonitor((state) => state.failures.tasks)}
      searchRef={search}
      onFilter={setFilter}
      onOlder={older}
    />
  );
}

/** The task that many rows on; from none, the first. */
function neighbour(rows: readonly Nested[], id: string | null, by: 1 | -1): string | null {
  const at = rows.findIndex(({ task }) => task.id === id);
  return rows[at < 0 ? 0 : at + by]?.task.id ?? null;
}
