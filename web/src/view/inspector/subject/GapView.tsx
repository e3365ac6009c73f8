import { counted } from "../../../format/number";
import { plainLine } from "../../../format/plain";
import { fullTime } from "../../../format/time";
import type { Gap } from "../../../subject/gap";
import { Fact } from "../Facts";
import { Block } from "../text/Block";

/** What is missing here: a hole in the trace is shown, never passed over. */
export function GapView({ count, from, to, why }: Gap) {
  return (
    <Block name="Missing here" tone="waiting">
      <div className="gap-card">
        <p>
          <b>{count === undefined ? "Some events" : counted(count, "event")}</b> of the agent did
          not arrive. {plainLine(why, 300)}
        </p>
        <dl className="table">
          {from !== undefined && <Fact name="From">{fullTime(from)}</Fact>}
          {to !== undefined && <Fact name="To">{fullTime(to)}</Fact>}
        </dl>
      </div>
    </Block>
  );
}
