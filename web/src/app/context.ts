import { createContext, useContext, useSyncExternalStore } from "react";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { Actions } from "./actions";
import type { Tabs } from "./attentionTabs";
import type { Badge } from "./badge";
import type { HistoryFigures } from "./historyFigures";
import type { Monitor } from "./monitor";
import type { SeenTasks } from "./seen";
import type { Tally } from "./tally";

export interface App {
  readonly store: Store<MonitorState>;
  readonly monitor: Monitor;
  readonly actions: Actions;
  readonly tally: Tally;
  readonly badge: Badge;
  readonly tabs: Tabs;
  readonly seen: SeenTasks;
  readonly figures: HistoryFigures;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("a view was rendered outside the app");
  return app;
}

/** A part of the state. `select` must return a part as it is held, or a primitive. */
export function useMonitor<T>(select: (state: MonitorState) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
