import { useId, useSyncExternalStore } from "react";
import {
  type Notifications,
  notifications,
  switchNotifications,
} from "../../app/attentionPermission";

const EXPLAINS: Readonly<Record<Notifications, string>> = {
  off: "When an agent needs permission, waits for you or fails.",
  on: "When an agent needs permission, waits for you or fails.",
  blocked: "Your browser blocks them for this address. Allow them in its site settings.",
  unavailable: "Your browser offers none here: it wants localhost or HTTPS.",
};

export function NotificationSwitch() {
  const state = useSyncExternalStore(notifications.subscribe, notifications.get);
  const explains = useId();
  return (
    <div className="setting">
      <label className="switch">
        <span>Notifications</span>
        <input
          type="checkbox"
          role="switch"
          checked={state === "on"}
          aria-checked={state === "on"}
          disabled={state === "unavailable"}
          aria-describedby={explains}
          onChange={(event) => void switchNotifications(event.target.checked)}
        />
      </label>
      <p id={explains} className={state === "blocked" ? "setting-note tone-bad" : "setting-note"}>
        {EXPLAINS[state]}
      </p>
    </div>
  );
}
