import type { ContextUse } from "../../../api/api";
import { percent } from "../../../format/number";
import { plainLine } from "../../../format/plain";
import { fullTime } from "../../../format/time";
import { tokens } from "../../../format/usage";

interface Props {
  context: ContextUse | undefined;
  /** What each answer of the main agent had before it, the oldest first. */
  fills: readonly number[];
}

/** How full the model's context was when it answered last. */
export function ContextBar({ context, fills }: Props) {
  if (context === undefined) {
    return <p className="muted">How full its context is, is not told.</p>;
  }
  const { tokens: used, window, model, at } = context;
  const share = window === undefined || window <= 0 ? null : Math.min(1, used / window);
  return (
    <div className="context" title={`${plainLine(model, 80)}, ${fullTime(at)}`}>
      <p>
        <b className="tabular">{tokens(used)}</b> tokens in the context
        {share === null ? (
          <span className="muted"> · how many the model takes is not known here</span>
        ) : (
          <span className="muted tabular">
            {" "}
            · {percent(share)} of {tokens(window ?? 0)}
          </span>
        )}
      </p>
      {share !== null && (
        <div className="bar" aria-hidden="true">
          <i
            className={share > 0.8 ? "bar-full" : "bar-good"}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      {fills.length > 2 && (
        <>
          <Fills fills={fills} />
          <p className="curve-ends muted">with each answer, the oldest first</p>
        </>
      )}
    </div>
  );
}

/** The fill with each answer: it falls where the context was compacted. */
function Fills({ fills }: { fills: readonly number[] }) {
  const most = Math.max(...fills, 1);
  const step = 100 / fills.length;
  return (
    <svg className="fills" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      {fills.map((fill, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: answers have no id and never move
          key={index}
          x={index * step}
          width={step}
          y={24 - (fill / most) * 24}
          height={(fill / most) * 24}
        />
      ))}
    </svg>
  );
}
