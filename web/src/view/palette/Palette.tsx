import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { PaletteList } from "./PaletteList";
import { type Choice, useChoices } from "./useChoices";

/** Everything that can be done or gone to, found by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(query);
  const picked = choices[Math.min(at, choices.length - 1)];
  useEffect(() => dialog.current?.showModal(), []);

  const run = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    // Closed first: what is chosen may open a dialog of its own, or move the focus.
    dialog.current?.close();
    choice.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length);
    } else if (event.key === "Enter") run(picked);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Commands and tasks"
      onClose={onClose}
    >
      <input
        className="palette-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={picked && `${listId}-${picked.key}`}
        aria-label="Command or task"
        placeholder="What to do, or which task"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <PaletteList id={listId} choices={choices} picked={picked} onPick={run} />
      {choices.length === 0 && <p className="pane-note">Nothing fits “{query}”.</p>}
    </dialog>
  );
}
