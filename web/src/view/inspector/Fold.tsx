import { type ReactNode, useState } from "react";

interface Props {
  name: string;
  children: () => ReactNode;
  onOpen?: () => void;
}

/** A part of the inspector that is closed at first, and made when it is opened. */
export function Fold({ name, children, onOpen }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="fold-part"
      open={open}
      onToggle={(event) => {
        // What opens inside of it is told here too.
        if (event.target !== event.currentTarget) return;
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) onOpen?.();
      }}
    >
      <summary>
        <h3>{name}</h3>
      </summary>
      {open && <div className="fold-body">{children()}</div>}
    </details>
  );
}
