import type { Standing } from "../../event/standing";
import { STANDING, TOOL_STATUS } from "../../event/status";
import type { ToolStatus } from "../../wire.gen";
import { Icon, type IconName } from "../common/Icon";

const ICONS: Readonly<Record<ToolStatus, IconName | null>> = {
  running: null,
  completed: "check",
  failed: "cross",
  interrupted: "stop",
  refused: "refused",
  unfinished: "unknown",
};

interface Props {
  status: ToolStatus | undefined;
  standing?: Standing | undefined;
}

/** How a tool call stands. Its shape tells as much as its colour. */
export function StatusIcon({ status, standing }: Props) {
  if (status === undefined) return <span className="status-icon" />;
  const paused = status === "running" ? standing : undefined;
  const { label, tone, explains } = paused ? STANDING[paused] : TOOL_STATUS[status];
  const icon = paused ? "pause" : ICONS[status];
  return (
    <span
      className={`status-icon tone-${tone}`}
      role="img"
      aria-label={label}
      title={`${label}. ${explains}`}
    >
      {icon === null ? <span className="spinner" /> : <Icon name={icon} />}
    </span>
  );
}
