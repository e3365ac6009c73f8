import { type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useApp, useMonitor } from "../../app/context";
import { plainLine } from "../../format/plain";
import { infoOf, isApple, keySigns } from "../../keys/commands";
import { CommandContext } from "../../keys/useCommands";
import { fitting } from "../../palette/match";
import { rowsOf } from "../../store/identity";
import type { Task } from "../../wire.gen";
import { Status } from "../common/Status";
import { usePlace } from "../place";

export interface Choice {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly note?: ReactNode;
  readonly run: () => void;
}

const TASKS_SHOWN = 12;
/** Who types fast asks the server once. */
const PAUSE_MS = 120;

/** What the query may mean: commands that can be given now, and tasks. */
export function useChoices(query: string): Choice[] {
  const bus = useContext(CommandContext);
  const { openTask } = usePlace();
  const found = useFoundTasks(query);
  const commands = useMemo(() => commandChoices(bus), [bus]);
  const fit = fitting(commands, query, ({ title, group }) => `${title} ${group}`);
  const tasks = found.map((task) => taskChoice(task, () => openTask(task.id)));
  return query === "" ? [...fit, ...tasks] : [...tasks.slice(0, 3), ...fit, ...tasks.slice(3)];
}

function commandChoices(bus: React.ContextType<typeof CommandContext>): Choice[] {
  const apple = isApple(navigator.platform);
  return bus
    .available()
    .filter((command) => command !== "palette" && command !== "close")
    .map((command) => {
      const { title, group, keys } = infoOf(command);
      const signs = keys?.[0] === undefined ? [] : keySigns(keys[0], apple);
      return { key: command, group, title, keys: signs, run: () => void bus.send(command) };
    });
}

function taskChoice(task: Task, run: () => void): Choice {
  const title = plainLine(task.displayTitle, 120);
  return {
    key: `task-${task.id}`,
    group: "Task",
    title,
    keys: [],
    note: <Status task={task} />,
    run,
  };
}

/** The tasks at hand at once, and what the server finds among all of them. */
function useFoundTasks(query: string): Task[] {
  const { monitor } = useApp();
  const list = useMonitor((state) => state.tasks);
  const [answer, setAnswer] = useState<{ query: string; tasks: readonly Task[] } | null>(null);
  useEffect(() => {
    if (query.trim() === "") return;
    let current = true;
    const ask = async () => {
      const tasks = await monitor.findTasks(query, TASKS_SHOWN).catch(() => []);
      if (current) setAnswer({ query, tasks });
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [monitor, query]);
  const told = answer?.query === query ? answer.tasks : [];
  const held = list === null ? [] : rowsOf(list);
  const all = new Map([...held, ...told].map((task) => [task.id, task]));
  return fitting([...all.values()], query, textOf).slice(0, TASKS_SHOWN);
}

function textOf({ displayTitle, title, workspacePath, runtimeSource }: Task): string {
  return [displayTitle, title, workspacePath, runtimeSource].filter(Boolean).join(" ");
}
