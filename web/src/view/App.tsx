import { useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { useMonitor } from "../app/context";
import { showDialog } from "../app/dialogs";
import { CommandBus, CommandContext, useCommands, useKeyboard } from "../keys/useCommands";
import { BoardPage } from "./board/BoardPage";
import { BookmarksPage } from "./bookmarks/BookmarksPage";
import { DiagnosticsPage } from "./diagnostics/DiagnosticsPage";
import { Dialogs } from "./dialogs/Dialogs";
import { AttachPage } from "./empty/Attach";
import { NotFound } from "./empty/NotFound";
import { ConnectionPill } from "./frame/ConnectionPill";
import { DiskBanner } from "./frame/DiskBanner";
import { Header } from "./frame/Header";
import { ImportBanner } from "./frame/ImportBanner";
import { NoticeBar } from "./frame/NoticeBar";
import { UpdateBanner } from "./frame/UpdateBanner";
import { useDocumentTitle } from "./frame/useDocumentTitle";
import { useLooking } from "./frame/useLooking";
import { OverviewPage } from "./overview/OverviewPage";
import { usePlace } from "./place";
import { TaskPage } from "./task/TaskPage";
import { Tasks } from "./tasks/Tasks";
import { useFilterRead } from "./tasks/useFilterRead";
import { useTaskPane } from "./tasks/useTaskPane";

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

const PLACES: Readonly<Record<string, string>> = { "/": "overview", "/board": "board" };

function Frame() {
  const [location] = useLocation();
  const place = usePlace();
  useDocumentTitle(place.taskId);
  useLooking(place.taskId);
  useFilterRead();
  const { pane, show } = useTaskPane();
  useCommands({
    overview: () => place.goTo("/"),
    board: () => place.goTo("/board"),
    bookmarks: () => place.goTo("/bookmarks"),
    attach: () => place.goTo("/attach"),
    diagnostics: () => place.goTo("/diagnostics"),
  });
  return (
    <div className="app" data-place={PLACES[location] ?? "other"} data-pane={pane}>
      <Header
        path={location}
        connection={<Connected />}
        onHelp={() => showDialog({ kind: "help" })}
      />
      {location !== "/board" && <Tasks onSearch={show} />}
      <div className="centre">
        <Switch>
          <Route path="/">
            <OverviewPage />
          </Route>
          <Route path="/board">
            <BoardPage />
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
      <div className="banners">
        <DiskBanner />
        <UpdateBanner />
      </div>
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
