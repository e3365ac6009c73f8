import type { KeyboardEvent } from "react";

export type Tab = "event" | "task";

/** The id of what the tabs turn between. */
export const PANEL = "inspector-panel";

const TABS: readonly (readonly [Tab, string])[] = [
  ["event", "Event"],
  ["task", "Task"],
];

interface Props {
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** One of them has the focus; the arrow keys move between the two. */
export function Tabs({ tab, onTab }: Props) {
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = tab === "event" ? "task" : "event";
    onTab(other);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="What to look at" onKeyDown={onKey}>
      {TABS.map(([value, label]) => (
        <button
          key={value}
          type="button"
          role="tab"
          data-tab={value}
          aria-selected={value === tab}
          aria-controls={PANEL}
          tabIndex={value === tab ? 0 : -1}
          title={value === "task" ? "Facts of the whole task (i)" : "The selected event"}
          onClick={() => onTab(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
