import { PANELS } from "../../overview/panels";
import { ChartShape } from "../common/Chart";

/** The overview before anything of it was read, as high as it will be. */
export function OverviewSkeleton() {
  return (
    <main className="page overview" role="status" aria-label="Reading the overview">
      <div className="page-head">
        <h1>Overview</h1>
      </div>
      <div className="now">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="now-tile skeleton" />
        ))}
      </div>
      <div className="period-head" />
      <ChartsSkeleton count={7} />
    </main>
  );
}

/** Charts that are not read yet. */
export function ChartsSkeleton({ count }: { count: number }) {
  return (
    <div className="charts">
      {PANELS.map(({ key, title }) => (
        <div key={key} className="chart-row">
          <div className="chart-name">
            <h3>{title}</h3>
          </div>
          <div className="chart-place">
            <ChartShape count={count} />
          </div>
        </div>
      ))}
      <div className="chart-axis" />
    </div>
  );
}
