import { Icon, type IconName } from "./Icon";

interface Props {
  icon: IconName;
  /** Its name, also shown as a tooltip. */
  label: string;
  onClick: () => void;
  pressed?: boolean;
  danger?: boolean;
}

export function IconButton({ icon, label, onClick, pressed, danger = false }: Props) {
  return (
    <button
      type="button"
      className={danger ? "icon-button danger" : "icon-button"}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} filled={pressed === true && icon === "bookmark"} />
    </button>
  );
}
