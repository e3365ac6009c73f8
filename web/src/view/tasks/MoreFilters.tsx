import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { lastSegment } from "../../format/path";
import { plainLine } from "../../format/plain";
import type { Since, TaskFilter } from "../../store/filter";
import { projectsIn } from "../../store/workspace";
import { Choice } from "./Choice";

interface Props {
  filter: TaskFilter;
  onChange: (filter: TaskFilter) => void;
}

const SINCE: readonly (readonly [Since, string])[] = [
  ["hour", "Last hour"],
  ["day", "Last 24 hours"],
  ["week", "Last 7 days"],
];

export function MoreFilters({ filter, onChange }: Props) {
  const agents = useMonitor((state) => state.overview?.observability.runtimeSources);
  const workspaces = useMonitor((state) => state.workspaces);
  const projects = useMemo(
    () =>
      projectsIn(workspaces).map(({ project, name }) => [project, plainLine(name, 60)] as const),
    [workspaces],
  );
  const named = agents?.map(({ runtimeSource }) => [runtimeSource, runtimeSource] as const) ?? [];
  return (
    <>
      <Choice
        label="Agent"
        all="All agents"
        value={filter.agent}
        options={withOwn(named, filter.agent)}
        onChange={(agent) => onChange({ ...filter, agent })}
      />
      <Choice
        label="Project"
        all="All projects"
        value={filter.project}
        options={withOwn(projects, filter.project)}
        onChange={(project) => onChange({ ...filter, project })}
      />
      <Choice
        label="Active"
        all="Any time"
        value={filter.since}
        options={SINCE}
        onChange={(since) => onChange({ ...filter, since: since as Since | null })}
      />
    </>
  );
}

/** What a link names is there to be seen, even where nothing of it is known. */
function withOwn(
  options: readonly (readonly [string, string])[],
  value: string | null,
): readonly (readonly [string, string])[] {
  if (value === null || options.some(([known]) => known === value)) return options;
  return [...options, [value, plainLine(lastSegment(value), 60)]];
}
