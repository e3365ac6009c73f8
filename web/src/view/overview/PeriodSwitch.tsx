import { PERIODS, type Period, periodParam } from "../../overview/span";
import { usePlace } from "../place";

const LABELS: Readonly<Record<Period, string>> = {
  today: "Today",
  "7d": "7 days",
  "30d": "30 days",
};

/** How much time is looked at, in the address: going back is going back to it. */
export function PeriodSwitch({ period }: { period: Period }) {
  const { set } = usePlace();
  return (
    <fieldset className="segments period-switch">
      <legend className="visually-hidden">Period</legend>
      {PERIODS.map((one) => (
        <label key={one} className="segment">
          <input
            type="radio"
            name="period"
            className="visually-hidden"
            checked={one === period}
            onChange={() => set({ period: periodParam(one) }, { replace: true })}
          />
          {LABELS[one]}
        </label>
      ))}
    </fieldset>
  );
}
