import { useLayoutEffect, useRef } from "react";
import type { Columns, Part } from "../../overview/panels";
import { onThemeChange } from "../../prefs/theme";
import { type ChartLibrary, useChartLibrary } from "./chartLibrary";
import { chartData, chartOptions, sizeOf } from "./chartLook";

interface Props {
  columns: Columns;
  parts: readonly Part[];
}

/** Columns on a canvas as big as its place. What they say is said in words elsewhere. */
export function Chart({ columns, parts }: Props) {
  const library = useChartLibrary();
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (host.current === null || typeof library === "string") return;
    return draw(library, host.current, columns, parts);
  }, [library, columns, parts]);
  if (library === "failed") return <p className="chart-failed">The chart could not be loaded.</p>;
  if (library === "reading") return <ChartShape count={columns.heights[0]?.length ?? 0} />;
  return <div className="chart" ref={host} aria-hidden="true" />;
}

function draw(
  library: ChartLibrary,
  host: HTMLElement,
  columns: Columns,
  parts: readonly Part[],
): () => void {
  const plot = new library(chartOptions(library, host, columns, parts), chartData(columns), host);
  const resized = new ResizeObserver(() => plot.setSize(sizeOf(host)));
  resized.observe(host);
  // What was laid out has its colours with it: it is laid out anew.
  const forget = onThemeChange(() => plot.redraw());
  return () => {
    forget();
    resized.disconnect();
    plot.destroy();
  };
}

const HEIGHTS = [38, 52, 45, 64, 30, 56, 48];

/** A chart that is not there yet: as many columns, of no height in particular. */
export function ChartShape({ count }: { count: number }) {
  const heights = Array.from({ length: count }, (_, place) => HEIGHTS[place % HEIGHTS.length]);
  return (
    <div className="chart chart-shape" aria-hidden="true">
      {heights.map((height, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <span key={place} style={{ height: `${height}%` }} />
      ))}
    </div>
  );
}
