import { duration } from "../format/duration";
import { percent, whole } from "../format/number";
import { tokens } from "../format/usage";
import type { Row } from "./breakdown";
import { costDetails, costText, tokensText } from "./cost";
import type { Column } from "./sorting";
import { tokensIn } from "./sums";
import type { ToolRow } from "./tools";

const TASKS: Column<Row> = {
  key: "tasks",
  title: "Tasks",
  value: ({ sums }) => sums.tasks,
  text: ({ sums }) => whole(sums.tasks),
};
const ACTIVE: Column<Row> = {
  key: "active",
  title: "Active",
  explains: "Time at work, added up over all tasks",
  hasBar: true,
  value: ({ sums }) => sums.activeMs,
  text: ({ sums }) => (sums.activeMs === 0 ? "0" : duration(sums.activeMs)),
};
const CALLS: Column<Row> = {
  key: "calls",
  title: "Calls",
  explains: "Calls of tools and terminal commands",
  isMinor: true,
  value: ({ sums }) => sums.calls,
  text: ({ sums }) => whole(sums.calls),
};
const FAILED: Column<Row> = {
  key: "failed",
  title: "Failed",
  explains: "Calls that failed or were refused",
  isMinor: true,
  value: ({ sums }) => sums.failures,
  text: ({ sums }) => whole(sums.failures),
};
const TOKENS: Column<Row> = {
  key: "tokens",
  title: "Tokens",
  explains: "Sent to models and come back",
  value: ({ sums }) => tokensIn(sums),
  text: ({ sums }) => tokensText(sums),
};
const COST: Column<Row> = {
  key: "cost",
  title: "Cost",
  explains: "≈ is our estimate by list prices; ≥ means that prices are missing",
  value: ({ sums }) => sums.costMicros,
  text: ({ sums }) => costText(sums),
  details: ({ sums }) => costDetails(sums),
};
const REQUESTS: Column<Row> = {
  key: "requests",
  title: "Answers",
  isMinor: true,
  value: ({ sums }) => sums.requests,
  text: ({ sums }) => whole(sums.requests),
};
const OUTPUT: Column<Row> = {
  key: "output",
  title: "Output",
  explains: "Tokens that came back",
  isMinor: true,
  value: ({ sums }) => sums.output,
  text: ({ sums }) => tokens(sums.output),
};

export const AGENT_COLUMNS = [TASKS, ACTIVE, CALLS, FAILED, TOKENS, COST];
export const MODEL_COLUMNS = [REQUESTS, { ...TOKENS, hasBar: true }, OUTPUT, COST];

/** Of use by project nothing is known where the server does not tell it: no columns of zeros then. */
export function projectColumns(rows: readonly Row[]): readonly Column<Row>[] {
  const usage = rows.some(({ sums }) => tokensIn(sums) > 0);
  return usage ? AGENT_COLUMNS : [TASKS, ACTIVE, CALLS, FAILED];
}

/** Calls fail now and then; a tool of which so many do is worth a look. */
const MANY_FAIL = 0.1;

const rate = ({ calls, failures }: ToolRow) => (calls > 0 ? failures / calls : 0);

const TOOL: readonly Column<ToolRow>[] = [
  {
    key: "calls",
    title: "Calls",
    hasBar: true,
    value: ({ calls }) => calls,
    text: ({ calls }) => whole(calls),
  },
  {
    key: "failed",
    title: "Failed",
    explains: "Calls that failed or were refused",
    value: ({ failures }) => failures,
    text: ({ failures }) => whole(failures),
  },
  {
    key: "rate",
    title: "Rate",
    explains: "The share of calls that failed",
    value: rate,
    text: (row) => (row.failures === 0 ? "–" : share(rate(row))),
    isBad: (row) => rate(row) >= MANY_FAIL,
  },
];
const MEAN: Column<ToolRow> = {
  key: "mean",
  title: "Mean time",
  isMinor: true,
  value: ({ meanMs }) => meanMs ?? -1,
  text: ({ meanMs }) => (meanMs === null ? "–" : duration(meanMs)),
};

export function toolColumns(rows: readonly ToolRow[]): readonly Column<ToolRow>[] {
  return rows.some(({ meanMs }) => meanMs !== null) ? [...TOOL, MEAN] : TOOL;
}

/** What is little is not shown as nothing. */
const share = (value: number) => (value < 0.01 ? "< 1%" : percent(value));
