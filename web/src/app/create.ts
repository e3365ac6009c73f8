import type { Notice } from "../attention/news";
import { rowsOf } from "../store/identity";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import { Actions } from "./actions";
import { AttentionWatch } from "./attention";
import { Notifier } from "./attentionNotices";
import { notifications } from "./attentionPermission";
import { Tabs } from "./attentionTabs";
import { Badge } from "./badge";
import type { App } from "./context";
import { HistoryFigures } from "./historyFigures";
import { Monitor } from "./monitor";
import { SeenTasks } from "./seen";
import type { SyncOptions } from "./sync";
import { WorkspaceReader } from "./workspaces";

/** All parts of the page but what is painted, and how they hear of each other. */
export function createApp(options: SyncOptions, show: (notice: Notice) => void) {
  const { api, store, timers, tally } = options;
  const badge = new Badge();
  const tabs = new Tabs();
  const watch: AttentionWatch = new AttentionWatch({
    timers,
    tasks: () => heldTasks(store),
    onCount: (count) => badge.setCount(count),
    onNews: (news) => notifier.hear(news),
  });
  const notifier = new Notifier({
    timers,
    isWanted: () => notifications.get() === "on",
    occasion: (id) => watch.occasion(id),
    isLeader: tabs.isLeader,
    lookedAt: tabs.lookedAt,
    show,
  });
  const monitor = new Monitor({ ...options, ear: watch });
  const actions = new Actions(api, store, () => monitor.rated());
  const seen = new SeenTasks(timers);
  const figures = new HistoryFigures(api, store, timers);
  const app: App = { store, monitor, actions, tally, badge, tabs, seen, figures };
  const workspaces = new WorkspaceReader(api, store, timers);
  const start = () => {
    tabs.start();
    watch.start();
    workspaces.start();
    monitor.start();
  };
  return { app, start };
}

function heldTasks(store: Store<MonitorState>) {
  const { tasks } = store.get();
  return tasks === null ? [] : rowsOf(tasks);
}
