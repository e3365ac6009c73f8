import type { Figures } from "../../overview/figures";
import { PANELS } from "../../overview/panels";
import type { Span } from "../../overview/span";
import { PERIOD_NAMES, slotName } from "../../overview/words";

interface Props {
  span: Span;
  figures: Figures;
}

/** What the charts show, for who does not see them. */
export function ChartTable({ span, figures }: Props) {
  return (
    <div className="visually-hidden">
      <table>
        <caption>{PERIOD_NAMES[span.period]} in numbers</caption>
        <thead>
          <tr>
            <th scope="col">{span.period === "today" ? "Hour" : "Day"}</th>
            {PANELS.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {span.slots.map((slot, index) => {
            const sums = figures.slots[index];
            if (!sums) return null;
            return (
              <tr key={slot.from}>
                <th scope="row">{slotName(slot, span)}</th>
                {PANELS.map(({ key, text }) => (
                  <td key={key}>{text(sums)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
