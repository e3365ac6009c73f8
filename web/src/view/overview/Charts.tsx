import { useState } from "react";
import type { Figures } from "../../overview/figures";
import { PANELS } from "../../overview/panels";
import type { Span } from "../../overview/span";
import { slotName, tickOf } from "../../overview/words";
import { ChartRow } from "./ChartRow";
import { ChartTable } from "./ChartTable";
import { Scrubber } from "./Scrubber";

interface Props {
  span: Span;
  figures: Figures;
}

/** Charts of one time below each other, and one cursor through all of them. */
export function Charts({ span, figures }: Props) {
  const [cursor, setCursor] = useState<number | null>(null);
  const { slots } = span;
  const at = cursor === null ? null : (figures.slots[cursor] ?? null);
  return (
    <>
      <div className="charts">
        {PANELS.map((panel) => (
          <ChartRow key={panel.key} panel={panel} figures={figures} at={at} period={span.period} />
        ))}
        <div className="chart-axis" aria-hidden="true">
          <div className="chart-ticks">
            {slots.map(({ from }, index) => (
              <span key={from} className="tabular">
                {tickOf(span, index)}
              </span>
            ))}
          </div>
          <p className="chart-at tabular">
            {cursor !== null && slots[cursor] && slotName(slots[cursor], span)}
          </p>
        </div>
        <Scrubber span={span} figures={figures} cursor={cursor} onCursor={setCursor} />
      </div>
      <ChartTable span={span} figures={figures} />
    </>
  );
}
