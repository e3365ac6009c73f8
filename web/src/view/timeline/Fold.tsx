import { Icon } from "../common/Icon";

interface Props {
  open: boolean;
  label: string;
  onToggle: () => void;
}

/** The small arrow that opens and closes a row; keys do it too, so it is no stop of its own. */
export function Fold({ open, label, onToggle }: Props) {
  return (
    <button
      type="button"
      className="fold"
      tabIndex={-1}
      aria-label={`${open ? "Close" : "Open"} ${label}`}
      data-open={open}
      // It would keep the focus while its element goes on to another row.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <Icon name="chevron" />
    </button>
  );
}
