import { useMemo } from "react";
import { type ToolCount, toolCounts } from "../../../facts/task";
import { counted, whole } from "../../../format/number";
import { plainLine } from "../../../format/plain";
import type { Event } from "../../../wire.gen";
import { Block } from "../text/Block";
import { Loaded } from "./Loaded";

const SHOWN = 10;

/** Which tools were called, and how that went. */
export function ToolsPart({ events, partial }: { events: readonly Event[]; partial: boolean }) {
  const tools = useMemo(() => toolCounts(events), [events]);
  if (tools.length === 0) return null;
  const most = tools[0]?.calls ?? 1;
  return (
    <Block name="Tools" tools={<Loaded partial={partial} />}>
      <ul className="bars">
        {tools.slice(0, SHOWN).map((tool) => (
          <ToolLine key={tool.tool} tool={tool} most={most} />
        ))}
      </ul>
      {tools.length > SHOWN && (
        <p className="muted">and {counted(tools.length - SHOWN, "other tool")}</p>
      )}
    </Block>
  );
}

function ToolLine({ tool: { tool, calls, failures }, most }: { tool: ToolCount; most: number }) {
  return (
    <li>
      <span className="bar-name code" title={plainLine(tool)}>
        {plainLine(tool, 60)}
      </span>
      <span className="bar" aria-hidden="true">
        <i className="bar-good" style={{ width: `${((calls - failures) / most) * 100}%` }} />
        <i className="bar-bad" style={{ width: `${(failures / most) * 100}%` }} />
      </span>
      <span className="bar-value tabular">
        {whole(calls)}
        {failures > 0 && <span className="tone-bad">, {whole(failures)} failed</span>}
      </span>
    </li>
  );
}
