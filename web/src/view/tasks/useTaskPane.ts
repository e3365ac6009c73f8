import { useState } from "react";
import { flushSync } from "react-dom";
import { useCommands } from "../../keys/useCommands";
import { store, stored } from "../../prefs/stored";

const KEY = "agent-tracer.task-pane";

/** Whether the list of tasks has its place beside the page; its command shows and hides it. */
export function useTaskPane() {
  const [hidden, setHidden] = useState(() => stored(KEY) === "hidden");
  const put = (next: boolean) => {
    store(KEY, next ? "hidden" : "shown");
    setHidden(next);
  };
  useCommands({ "task-pane": () => put(!hidden) });
  /** At once, so that something in it can take the focus. */
  const show = () => {
    if (hidden) flushSync(() => put(false));
  };
  return { pane: hidden ? "hidden" : "shown", show } as const;
}
