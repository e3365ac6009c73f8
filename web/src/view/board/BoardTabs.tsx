import type { KeyboardEvent } from "react";
import type { Section } from "../../attention/sections";
import { whole } from "../../format/number";

interface Props {
  columns: readonly Section[];
  shown: number;
  onShow: (index: number) => void;
}

/** On a narrow screen: which of the columns is there. */
export function BoardTabs({ columns, shown, onShow }: Props) {
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by === undefined ? undefined : columns[shown + by];
    if (by === undefined) return;
    event.preventDefault();
    if (next === undefined) return;
    onShow(shown + by);
    const tab = event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[shown + by];
    tab?.focus();
  };
  return (
    <div className="board-tabs" role="tablist" aria-label="Columns" onKeyDown={onKey}>
      {columns.map(({ key, title, count }, index) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`tab-${key}`}
          aria-controls={`column-${key}`}
          aria-selected={index === shown}
          tabIndex={index === shown ? 0 : -1}
          onClick={() => onShow(index)}
        >
          {title} <span className="tabular">{whole(count)}</span>
        </button>
      ))}
    </div>
  );
}
