import { detailsOf } from "../../../event/details";
import { plainLine } from "../../../format/plain";
import type { McpCall } from "../../../subject/mcp";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { ErrorBlock } from "./ErrorBlock";
import { ToolInput } from "./ToolInput";
import { ToolOutput } from "./ToolOutput";

/** A call of an MCP server's tool. */
export function McpView({ server, tool }: McpCall) {
  const { toolInput, output, error } = detailsOf(useInspected().event);
  return (
    <>
      <Block name="MCP call">
        <p className="mcp-name">
          <span className="muted">{plainLine(server, 80)}</span>
          <span aria-hidden="true">›</span>
          <b>{plainLine(tool, 120)}</b>
        </p>
      </Block>
      <ToolInput input={toolInput} name="Arguments" />
      {error !== undefined && <ErrorBlock error={error} />}
      {output !== undefined && <ToolOutput output={output} name="Result" />}
    </>
  );
}
