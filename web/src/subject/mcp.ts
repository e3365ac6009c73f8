import type { Event } from "../wire.gen";
import { textOf } from "./read";

/** A call of a tool of an MCP server. */
export interface McpCall {
  readonly server: string;
  readonly tool: string;
}

export function mcpCallOf({ metadata }: Event): McpCall | null {
  const server = textOf(metadata, "mcpServer");
  const tool = textOf(metadata, "mcpTool");
  return server === undefined || tool === undefined ? null : { server, tool };
}
