import type uPlot from "uplot";
import type { Columns, Part } from "../../overview/panels";

/** Columns touch nobody, and are never as broad as a block. */
const BREADTH = 0.72;
const BROADEST_PX = 36;

/** A colour of the style sheet as it is under the theme that is shown: a canvas cannot ask for it. */
function colourOf(host: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Columns on three lines, and nothing else: words and the cursor are elements of the page. */
export function chartOptions(
  library: typeof uPlot,
  host: HTMLElement,
  { heights, top }: Columns,
  parts: readonly Part[],
): uPlot.Options {
  const count = heights[0]?.length ?? 0;
  const bars = library.paths.bars?.({ size: [BREADTH, BROADEST_PX], gap: 0 });
  const series = parts.map(({ ink }) => ({
    ...(bars && { paths: bars }),
    fill: () => colourOf(host, `chart-${ink}`),
    width: 0,
    points: { show: false },
  }));
  return {
    ...sizeOf(host),
    padding: [1, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.5, count - 0.5] }, y: { range: [0, top] } },
    axes: [
      { show: false },
      {
        size: 0,
        gap: 0,
        ticks: { show: false },
        values: (_plot, splits) => splits.map(() => ""),
        splits: () => [0, top / 2, top],
        grid: { stroke: () => colourOf(host, "line"), width: 1 },
      },
    ],
    series: [{}, ...series.reverse()],
  };
}

/** What stands on top of others is drawn first, and the others over it. */
export function chartData({ heights }: Columns): uPlot.AlignedData {
  const places = (heights[0] ?? []).map((_, index) => index);
  return [places, ...heights.map((of) => [...of]).reverse()];
}

export const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: clientWidth,
  height: clientHeight,
});
