import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { byAgent, byModel, byProject, type Row } from "../../overview/breakdown";
import { AGENT_COLUMNS, MODEL_COLUMNS, projectColumns, toolColumns } from "../../overview/columns";
import type { History } from "../../overview/history";
import { homeless } from "../../overview/projects";
import { isUtc, type Span } from "../../overview/span";
import { byTool } from "../../overview/tools";
import { SortTable } from "./SortTable";

const agentFilter = ({ key }: Row) => ({ agent: key });
const projectFilter = ({ key }: Row) => (key === homeless ? null : { project: key });

/** The same figures by who, where and with what. */
export function Breakdowns({ history, span }: { history: History; span: Span }) {
  const workspaces = useMonitor((state) => state.workspaces);
  const agents = useMemo(() => byAgent(history, span), [history, span]);
  const models = useMemo(() => byModel(history, span), [history, span]);
  const projects = useMemo(() => byProject(history, span, workspaces), [history, span, workspaces]);
  const tools = useMemo(() => byTool(history, span), [history, span]);
  return (
    <div className="breakdowns">
      <SortTable
        title="Agents"
        what="Agent"
        rows={agents}
        columns={AGENT_COLUMNS}
        by="active"
        filterOf={agentFilter}
      />
      <SortTable
        title="Projects"
        what="Project"
        rows={projects}
        columns={projectColumns(projects)}
        by="active"
        filterOf={projectFilter}
      />
      <SortTable title="Models" what="Model" rows={models} columns={MODEL_COLUMNS} by="tokens" />
      <SortTable
        title="Tools"
        note={isUtc(span) ? undefined : "by days of UTC, which differ from yours"}
        what="Tool"
        rows={tools}
        columns={toolColumns(tools)}
        by="calls"
      />
    </div>
  );
}
