import { memo, useMemo } from "react";
import { tokens } from "../../format/usage";
import { UNTOLD } from "../../overview/cost";
import type { Figures } from "../../overview/figures";
import { columnsOf, type Panel, type Part, panelChange } from "../../overview/panels";
import type { Period } from "../../overview/span";
import type { Sums } from "../../overview/sums";
import { BEFORE } from "../../overview/words";
import { Chart } from "../common/Chart";

interface Props {
  panel: Panel;
  figures: Figures;
  /** What the cursor is on; null while it is on nothing. */
  at: Sums | null;
  period: Period;
}

export function ChartRow({ panel, figures, at, period }: Props) {
  const columns = useMemo(() => columnsOf(panel, figures), [panel, figures]);
  const { title, explains, parts, text, details, format, topText = format } = panel;
  const { total } = figures;
  return (
    <div className="chart-row">
      <div className="chart-name">
        <h3 title={explains}>{title}</h3>
        <p>
          <b className="tabular" title={details?.(total)}>
            {text(total)}
          </b>
          <Change text={panelChange(panel, figures)} period={period} />
        </p>
      </div>
      <div className="chart-place">
        {columns.top > 1 && <span className="chart-top tabular">{topText(columns.top)}</span>}
        <Drawn columns={columns} parts={parts} />
      </div>
      <Parts panel={panel} sums={at ?? total} isAt={at !== null} />
    </div>
  );
}

/** The cursor moves with every pixel; what is drawn does not change with it. */
const Drawn = memo(Chart);

function Change({ text, period }: { text: string | null; period: Period }) {
  if (text === null) return null;
  return (
    <span className="chart-change tabular" title={`Against ${BEFORE[period]}`}>
      {text}
    </span>
  );
}

interface PartsProps {
  panel: Panel;
  sums: Sums;
  isAt: boolean;
}

/** Of what the columns are made; a chart of one part says only what the cursor is on. */
function Parts({ panel, sums, isAt }: PartsProps) {
  const { parts, format, key, text } = panel;
  if (parts.length === 1 && !isAt) return <dl className="chart-parts" />;
  const all = text(sums);
  const value = (part: Part) =>
    parts.length === 1 || all === UNTOLD ? all : format(part.value(sums));
  return (
    <dl className="chart-parts">
      {parts.map((part) => (
        <div key={part.label} title={part.explains}>
          <dt>
            <span className="swatch" data-ink={part.ink} aria-hidden="true" />
            {part.label}
          </dt>
          <dd className="tabular">{value(part)}</dd>
        </div>
      ))}
      {key === "cost" && sums.unpriced > 0 && (
        <div title="Tokens whose price nobody knows">
          <dt>
            <span className="swatch" data-ink="none" aria-hidden="true" />
            unpriced
          </dt>
          <dd className="tabular">{tokens(sums.unpriced)}</dd>
        </div>
      )}
    </dl>
  );
}
