import { type MouseEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "../common/IconButton";
import { NotificationSwitch } from "./NotificationSwitch";
import { ThemeChoice } from "./ThemeChoice";

/** What a person sets once: how the page looks, and whether it may call them. */
export function Settings() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon="settings" label="Settings" onClick={() => setOpen(true)} />
      {open && <SettingsMenu onClose={() => setOpen(false)} />}
    </>
  );
}

function SettingsMenu({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  // What lies around the menu belongs to the dialog, and to nothing inside of it.
  const onClick = (event: MouseEvent) => {
    if (event.target === ref.current) ref.current?.close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={ref}
      className="settings"
      aria-label="Settings"
      onClose={onClose}
      onClick={onClick}
    >
      <div className="settings-body">
        <ThemeChoice />
        <NotificationSwitch />
      </div>
    </dialog>
  );
}
