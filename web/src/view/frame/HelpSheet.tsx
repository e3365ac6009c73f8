import { useEffect, useRef } from "react";
import { LANES } from "../../event/lanes";
import { PageLink } from "../common/PlaceLink";
import { LaneDot } from "../timeline/LaneDot";

const KEYS: readonly (readonly [string, string])[] = [
  ["j  ↓", "Next event"],
  ["k  ↑", "Previous event"],
  ["G  End", "Jump to the latest event"],
  ["]", "Next task"],
  ["[", "Previous task"],
  ["/", "Search tasks"],
  ["b", "Bookmark the event, or the task"],
  ["g o", "Go to the overview"],
  ["g b", "Go to the bookmarks"],
  ["Esc", "Close the inspector"],
  ["?", "This sheet"],
];

export function HelpSheet({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className="dialog help" aria-label="Keys and lanes" onClose={onClose}>
      <h2>Keys</h2>
      <dl className="keys">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys
                .split(" ")
                .filter(Boolean)
                .map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>Lanes</h2>
      <dl className="keys">
        {LANES.map(({ id, label, holds }) => (
          <div key={id}>
            <dt>
              <LaneDot lane={id} />
              {label}
            </dt>
            <dd>{holds}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-buttons">
        <PageLink to="/diagnostics" className="button" onClick={onClose}>
          Diagnostics
        </PageLink>
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </dialog>
  );
}
