import type { TaskUsage } from "../../../api/api";
import { costOf, sentTokens, tokensOf } from "../../../facts/curve";
import { promptTitle, promptUses, usedTokens } from "../../../facts/task";
import { plainLine } from "../../../format/plain";
import { dollars, tokens, usageDetails, usageLine } from "../../../format/usage";
import type { Event, Task, Usage } from "../../../wire.gen";
import { TaskLink } from "../../common/PlaceLink";
import { Block } from "../text/Block";
import { ContextBar } from "./ContextBar";
import { CurveChart } from "./CurveChart";
import type { ReadUsage } from "./useTaskUsage";

const PROMPTS = 5;

interface Props {
  task: Task;
  usage: ReadUsage;
  events: readonly Event[];
}

/** Tokens and cost: over time, by model and by prompt, and how full the model's context is. */
export function UsagePart({ task, usage, events }: Props) {
  return (
    <Block
      name="Tokens and cost"
      tools={
        task.usage !== undefined && (
          <span className="muted tabular" title={usageDetails(task.usage)}>
            {usageLine(task.usage)}
          </span>
        )
      }
    >
      {usage.state === "reading" && <div className="skeleton skeleton-text" />}
      {usage.state === "failed" && <p className="muted">{plainLine(usage.message)}</p>}
      {usage.state === "read" && <Read task={task} usage={usage.usage} events={events} />}
    </Block>
  );
}

function Read({ task, usage, events }: { task: Task; usage: TaskUsage; events: readonly Event[] }) {
  if (usage.models.length === 0 && task.usage === undefined) {
    return <p className="muted">Not told by this agent, as far as anything came.</p>;
  }
  const { series = [], context, models } = usage;
  const own = series.filter(({ subagent }) => !subagent);
  return (
    <>
      <ContextBar context={context} fills={own.map(sentTokens)} />
      <CurveChart name="Tokens" answers={series} measure={tokensOf} format={tokens} />
      <CurveChart name={costName(usage.total)} answers={series} measure={costOf} format={dollars} />
      <ul className="rows">
        {models.map(({ model, usage }) => (
          <li key={model}>
            <span className="code">{plainLine(model, 80)}</span>
            <span className="spacer" />
            <span className="tabular">{usageLine(usage)}</span>
          </li>
        ))}
      </ul>
      <Prompts task={task} usage={usage} events={events} />
    </>
  );
}

/** A price by the list is not what was paid. */
function costName({ costMicros = 0, reportedCostMicros = 0 }: Usage): string {
  if (costMicros <= reportedCostMicros) return "Cost";
  return reportedCostMicros > 0 ? "Cost, partly estimated" : "Cost, estimated";
}

/** The prompts that cost most, where more than one did. */
function Prompts({
  task,
  usage,
  events,
}: {
  task: Task;
  usage: TaskUsage;
  events: readonly Event[];
}) {
  const uses = promptUses(usage, events);
  if (uses.length < 2) return null;
  return (
    <>
      <h4 className="small-head">By prompt, the most tokens first</h4>
      <ul className="links">
        {uses.slice(0, PROMPTS).map((use) => (
          <li key={use.promptId}>
            {use.event === undefined ? (
              <span className="event-link muted">A prompt that is not loaded</span>
            ) : (
              <TaskLink id={task.id} more={{ event: use.event.id }} className="event-link">
                <span className="link-title">{plainLine(promptTitle(use), 100)}</span>
                <span className="muted tabular">{tokens(usedTokens(use.usage))}</span>
              </TaskLink>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
