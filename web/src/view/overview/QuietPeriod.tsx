import { type Period, periodParam } from "../../overview/span";
import { isNothing, type Sums } from "../../overview/sums";
import { PageLink } from "../common/PlaceLink";
import { usePlace } from "../place";

interface Props {
  period: Period;
  before: Sums;
}

/** Nothing happened: where there may be something, and how to get something. */
export function QuietPeriod({ period, before }: Props) {
  const { set } = usePlace();
  const wider: Period = period === "today" ? "7d" : "30d";
  return (
    <div className="quiet-period">
      <p>
        {period === "today"
          ? "No agent has reported anything today."
          : "No agent reported anything."}
        {!isNothing(before) && " There was something before."}
      </p>
      {period !== "30d" && (
        <button
          type="button"
          className="button"
          onClick={() => set({ period: periodParam(wider) }, { replace: true })}
        >
          Show {wider === "7d" ? "7" : "30"} days
        </button>
      )}
      <PageLink to="/attach" className="text-button">
        Attach an agent
      </PageLink>
    </div>
  );
}
