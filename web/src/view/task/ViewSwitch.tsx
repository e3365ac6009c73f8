import type { View } from "../../address/address";
import { useCommands } from "../../keys/useCommands";

interface Props {
  view: View;
  onView: (view: View) => void;
}

const VIEWS: readonly (readonly [View, string])[] = [
  ["list", "List"],
  ["lanes", "Lanes"],
];

/** The two looks at one timeline, a key apart. */
export function ViewSwitch({ view, onView }: Props) {
  useCommands({ view: () => onView(view === "list" ? "lanes" : "list") });
  return (
    <fieldset className="views" aria-label="Look at the timeline as">
      {VIEWS.map(([value, label]) => (
        <button
          key={value}
          type="button"
          aria-pressed={view === value}
          title={`${label} (v)`}
          onClick={() => onView(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
