import type { Rating } from "../../wire.gen";

interface Props {
  rating: Rating | undefined;
  onRate: (rating: Rating) => void;
}

const RATINGS: readonly (readonly [Rating, string, string])[] = [
  ["good", "Good", "Worth repeating"],
  ["skip", "Skip", "Not worth repeating"],
];

/** Whether a person would want such a task again. */
export function Rate({ rating, onRate }: Props) {
  return (
    <fieldset className="rate" aria-label="Rate this task">
      {RATINGS.map(([value, label, explains]) => (
        <button
          key={value}
          type="button"
          aria-pressed={rating === value}
          title={explains}
          onClick={() => onRate(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
