import { ATTENTIONS, type Attention } from "../../attention/attention";
import type { Counts } from "../../attention/counts";
import { TITLES } from "../../attention/sections";
import { short, whole } from "../../format/number";
import type { ActivityState } from "../../wire.gen";

interface Props {
  states: ReadonlySet<ActivityState>;
  counts: Counts;
  onChange: (states: ReadonlySet<ActivityState>) => void;
}

interface Chip {
  /** Shorter than the section's title, which it has as its name. */
  readonly label: string;
  readonly tone: string;
  readonly states: readonly ActivityState[];
}

const CHIPS: Readonly<Record<Attention, Chip>> = {
  permission: { label: "Permission", tone: "waiting", states: ["permission"] },
  person: { label: "Waits", tone: "waiting", states: ["person", "interrupted"] },
  failed: { label: "Failed", tone: "bad", states: ["failed"] },
  working: { label: "Working", tone: "active", states: ["working", "background"] },
  silent: { label: "Silent", tone: "quiet", states: ["silent"] },
  done: { label: "Done", tone: "good", states: ["done"] },
};

export function StateChips({ states, counts, onChange }: Props) {
  return (
    <fieldset className="states" aria-label="Show only">
      {ATTENTIONS.map((attention) => {
        const chip = CHIPS[attention];
        const pressed = chip.states.every((state) => states.has(state));
        const count = counts[attention];
        return (
          <button
            key={attention}
            type="button"
            className={`state tone-${chip.tone}`}
            aria-pressed={pressed}
            title={`${TITLES[attention]}: ${whole(count)}`}
            onClick={() => onChange(toggled(states, chip.states, pressed))}
          >
            <span className="state-name">{chip.label}</span>{" "}
            <span className="state-count" data-zero={count === 0}>
              {short(count)}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}

function toggled(
  states: ReadonlySet<ActivityState>,
  own: readonly ActivityState[],
  pressed: boolean,
): ReadonlySet<ActivityState> {
  if (!pressed) return new Set([...states, ...own]);
  return new Set([...states].filter((state) => !own.includes(state)));
}
