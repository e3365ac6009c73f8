import { memo } from "react";
import { plainLine } from "../../format/plain";
import { isByTheHour, type Period } from "../../overview/span";
import { isNothing } from "../../overview/sums";
import { BEFORE, daysOf, PERIOD_NAMES } from "../../overview/words";
import type { Failure } from "../../store/state";
import { Breakdowns } from "./Breakdowns";
import { Charts } from "./Charts";
import { ChartsSkeleton } from "./OverviewSkeleton";
import { PeriodSwitch } from "./PeriodSwitch";
import { QuietPeriod } from "./QuietPeriod";
import { useHistory } from "./useHistory";

interface Props {
  period: Period;
  now: number;
}

/**
 * What was done and used in a period, by time and by who and where. The rows of tasks change with
 * every frame; what is drawn here does not change with them.
 */
export const PeriodFigures = memo(function PeriodFigures({ period, now }: Props) {
  const { span, read, failure } = useHistory(period, now);
  const quiet = read !== null && isNothing(read.figures.total);
  const compared = read !== null && !quiet && !isNothing(read.figures.before);
  return (
    <section aria-label={PERIOD_NAMES[period]} aria-busy={read === null && failure === null}>
      <div className="period-head">
        <h2>{PERIOD_NAMES[period]}</h2>
        <p className="muted period-days">
          {daysOf(span)}
          {compared && ` · against ${BEFORE[period]}`}
          {!isByTheHour(span) && " · days begin a little late: figures are kept by hours of UTC"}
        </p>
        <PeriodSwitch period={period} />
      </div>
      {failure !== null && <FailedRead failure={failure} isHeld={read !== null} />}
      {read === null && failure === null && <ChartsSkeleton count={span.slots.length} />}
      {quiet && <QuietPeriod period={period} before={read.figures.before} />}
      {read !== null && !quiet && (
        <>
          <Charts key={period} span={span} figures={read.figures} />
          <Breakdowns history={read.history} span={span} />
        </>
      )}
    </section>
  );
});

function FailedRead({ failure, isHeld }: { failure: Failure; isHeld: boolean }) {
  return (
    <p className="period-failed" role="status">
      {isHeld ? "These figures may be old: " : "The figures could not be read: "}
      {plainLine(failure.message)} This page tries again by itself.
    </p>
  );
}
