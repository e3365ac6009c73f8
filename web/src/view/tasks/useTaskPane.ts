import { useState } from "react";
import { useCommands } from "../../keys/useCommands";
import { store, stored } from "../../prefs/stored";

const KEY = "agent-tracer.task-pane";

/** Whether the list of tasks has its place beside the page; its command shows and hides it. */
export function useTaskPane(): "shown" | "hidden" {
  const [hidden, setHidden] = useState(() => stored(KEY) === "hidden");
  const toggle = () => {
    store(KEY, hidden ? "shown" : "hidden");
    setHidden(!hidden);
  };
  useCommands({ "task-pane": toggle });
  return hidden ? "hidden" : "shown";
}
