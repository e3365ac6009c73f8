import { statesOf } from "../../attention/columns";
import type { Section } from "../../attention/sections";
import { whole } from "../../format/number";
import { PageLink } from "../common/PlaceLink";
import { usePlace } from "../place";
import { Card } from "./Card";

const EMPTY: Readonly<Record<string, string>> = {
  needs: "Nobody needs you.",
  working: "No agent is at work.",
  silent: "None has gone silent.",
  done: "Nothing is done yet.",
};

export function Column({ column, shown }: { column: Section; shown: boolean }) {
  const { key, title, rows, count } = column;
  const { get } = usePlace();
  const more = count - rows.filter(({ leaving }) => !leaving).length;
  return (
    <section
      id={`column-${key}`}
      className="board-column"
      data-column={key}
      data-shown={shown}
      aria-label={title}
    >
      <h2 className="board-head">
        {title}
        <span className="section-count">{whole(count)}</span>
      </h2>
      <ul className="board-cards">
        {rows.map((row) => (
          <li key={row.task.id}>
            <Card row={row} />
          </li>
        ))}
        {rows.length === 0 && <li className="board-empty">{EMPTY[key]}</li>}
        {more > 0 && (
          <li>
            <PageLink
              to="/"
              className="board-more"
              more={get("state") ? {} : { state: statesOf(key) }}
            >
              {whole(more)} more in the list
            </PageLink>
          </li>
        )}
      </ul>
    </section>
  );
}
