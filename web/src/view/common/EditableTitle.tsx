import { type KeyboardEvent, useState } from "react";

interface Props {
  value: string;
  label: string;
  onSave: (value: string) => void;
  onCancel: () => void;
}

/** A field in the place of a title: Enter saves, Escape leaves it as it was. */
export function EditableTitle({ value, label, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(value);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") onSave(draft.trim());
    if (event.key === "Escape") onCancel();
  };
  return (
    <span className="editable">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person just asked to edit this
        autoFocus
        className="field"
        aria-label={label}
        value={draft}
        maxLength={300}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKey}
      />
      <button type="button" className="button primary" onClick={() => onSave(draft.trim())}>
        Save
      </button>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
    </span>
  );
}
