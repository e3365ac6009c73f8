import { useEffect, useState } from "react";
import type uPlot from "uplot";

export type ChartLibrary = typeof uPlot;

let held: ChartLibrary | null = null;

/** What draws charts, read when the first one is shown; `failed` where it could not be had. */
export function useChartLibrary(): ChartLibrary | "reading" | "failed" {
  const [library, setLibrary] = useState<ChartLibrary | "reading" | "failed">(
    () => held ?? "reading",
  );
  useEffect(() => {
    let isWanted = true;
    const put = (found: ChartLibrary | "failed") => isWanted && setLibrary(() => found);
    import("uplot").then(
      (module) => {
        held = module.default;
        put(held);
      },
      () => put("failed"),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return library;
}
