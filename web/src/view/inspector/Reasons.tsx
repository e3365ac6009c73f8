import { laneLabel } from "../../event/lanes";
import { plainLine } from "../../format/plain";
import type { Classification } from "../../wire.gen";

/** Why an event is in its lane, and its tags. */
export function Reasons({ classification }: { classification: Classification }) {
  const { tags, matches } = classification;
  return (
    <>
      {tags.length > 0 && (
        <section className="block">
          <div className="block-head">
            <h3>Tags</h3>
          </div>
          <ul className="tags">
            {tags.map((tag) => (
              <li key={tag}>{plainLine(tag, 80)}</li>
            ))}
          </ul>
        </section>
      )}
      {matches.length > 0 && (
        <section className="block">
          <div className="block-head">
            <h3>Why this lane</h3>
          </div>
          <ul className="reasons">
            {matches.map((match, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: matches have no id and never move
              <li key={index}>
                {match.reasons.map(({ kind, value }) => (
                  <span key={`${kind} ${value}`}>
                    {kind === "action-prefix" ? "starts with " : "has the word "}
                    <b>{plainLine(value, 60)}</b>{" "}
                  </span>
                ))}
                → {laneLabel(match.lane)} <span className="muted">(score {match.score})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
