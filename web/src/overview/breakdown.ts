import { millis } from "../format/time";
import type { Workspaces } from "../store/workspace";
import { slotFinder } from "./figures";
import type { ActivityHour, History, UsageHour } from "./history";
import { homeless, projectName } from "./projects";
import type { Span } from "./span";
import { addActivity, addUsage, type Counting, counting, type Sums } from "./sums";

/** What one agent, model or project did in a span. */
export interface Row {
  /** What the filter of the list calls it. */
  readonly key: string;
  readonly name: string;
  readonly sums: Sums;
}

type Key<T> = (row: T) => string;
type Name = (key: string) => string;

const UNKNOWN = "unknown";

export function byAgent(history: History, span: Span): Row[] {
  const agent = ({ agent }: { agent: string }) => agent || UNKNOWN;
  return rowsBy(within(history, span), agent, agent, (key) => key);
}

/** Only what models used: what happened in tasks has no model. */
export function byModel(history: History, span: Span): Row[] {
  const { usage } = within(history, span);
  return rowsBy(
    { hours: [], usage },
    () => "",
    ({ model }) => model || UNKNOWN,
    (key) => key,
  );
}

/** Use of models is told by project only where the server knows the folder. */
export function byProject(history: History, span: Span, workspaces: Workspaces): Row[] {
  const { hours, usage } = within(history, span);
  const placed = usage.filter(({ workspace }) => workspace !== undefined);
  const project = ({ workspace }: { workspace?: string }) => projectKey(workspace, workspaces);
  return rowsBy({ hours, usage: placed }, project, project, (key) => projectName(key, workspaces));
}

function projectKey(workspace: string | undefined, workspaces: Workspaces): string {
  if (workspace === undefined || workspace === "") return homeless;
  return workspaces.get(workspace)?.project ?? workspace;
}

interface Hours {
  readonly hours: readonly ActivityHour[];
  readonly usage: readonly UsageHour[];
}

function within({ hours, usage }: History, span: Span): Hours {
  const slotOf = slotFinder(span);
  const isIn = ({ hour }: { hour: string }) => slotOf(millis(hour)) !== undefined;
  return { hours: hours.filter(isIn), usage: usage.filter(isIn) };
}

function rowsBy(
  { hours, usage }: Hours,
  ofHour: Key<ActivityHour>,
  ofUsage: Key<UsageHour>,
  name: Name,
): Row[] {
  const groups = new Map<string, Counting>();
  const at = (key: string) => {
    const sums = groups.get(key) ?? counting();
    groups.set(key, sums);
    return sums;
  };
  for (const hour of hours) addActivity(at(ofHour(hour)), hour);
  for (const hour of usage) addUsage(at(ofUsage(hour)), hour);
  return [...groups].map(([key, sums]) => ({ key, name: name(key), sums }));
}
