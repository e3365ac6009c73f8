import type { History } from "./history";
import { type Span, utcDays } from "./span";

/** How a tool fared. */
export interface ToolRow {
  readonly key: string;
  readonly name: string;
  readonly calls: number;
  readonly failures: number;
  /** The mean time of a call, where times are known. */
  readonly meanMs: number | null;
}

/** The tools over the days of UTC that the span is in: they are not kept by the hour. */
export function byTool({ tools }: History, span: Span): ToolRow[] {
  const [first, last] = utcDays(span);
  const rows = new Map<string, { calls: number; failures: number; durationMs: number }>();
  for (const { day, tool, calls, failures, durationMs = 0 } of tools) {
    const date = day.slice(0, 10);
    if (date < first || date > last) continue;
    const row = rows.get(tool) ?? { calls: 0, failures: 0, durationMs: 0 };
    rows.set(tool, row);
    row.calls += calls;
    row.failures += failures;
    row.durationMs += durationMs;
  }
  return [...rows].map(([tool, { calls, failures, durationMs }]) => ({
    key: tool,
    name: tool || "unnamed",
    calls,
    failures,
    meanMs: durationMs > 0 && calls > 0 ? durationMs / calls : null,
  }));
}
