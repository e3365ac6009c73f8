import type { KeyboardEvent, RefObject } from "react";
import { Icon } from "../common/Icon";

interface Props {
  text: string;
  fieldRef: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

export function SearchField({ text, fieldRef, onChange }: Props) {
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Escape") return;
    onChange("");
    event.currentTarget.blur();
  };
  return (
    <label className="search">
      <Icon name="search" />
      <input
        ref={fieldRef}
        type="search"
        className="field"
        placeholder="Filter tasks"
        aria-label="Filter tasks"
        title="Words of the title, the agent, the folder or the id"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKey}
      />
      <kbd>/</kbd>
    </label>
  );
}
