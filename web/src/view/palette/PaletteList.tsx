import { useEffect, useRef } from "react";
import type { Choice } from "./useChoices";

interface Props {
  id: string;
  choices: readonly Choice[];
  picked: Choice | undefined;
  onPick: (choice: Choice) => void;
}

export function PaletteList({ id, choices, picked, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls to each newly picked choice
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [picked]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="What fits" className="palette-list">
      {choices.map((choice) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the field names the active choice
        <div
          key={choice.key}
          id={`${id}-${choice.key}`}
          role="option"
          aria-selected={choice === picked}
          className="palette-choice"
          onClick={() => onPick(choice)}
        >
          <span className="palette-group">{choice.group}</span>
          <span className="palette-title" dir="auto">
            {choice.title}
          </span>
          {choice.note}
          {choice.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </div>
      ))}
    </div>
  );
}
