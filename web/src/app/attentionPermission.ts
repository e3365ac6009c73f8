import { store, stored } from "../prefs/stored";
import { Store } from "../store/store";

/** `unavailable`: the browser has none on this address; `blocked`: the person said no to it. */
export type Notifications = "off" | "on" | "blocked" | "unavailable";

const KEY = "agent-tracer.notifications";

/** Whether the person is called when somebody needs them. Off until they ask for it. */
export const notifications = new Store<Notifications>(read(), queueMicrotask);

function read(): Notifications {
  if (!("Notification" in globalThis) || !globalThis.isSecureContext) return "unavailable";
  if (stored(KEY) !== "on") return "off";
  if (Notification.permission === "granted") return "on";
  return Notification.permission === "denied" ? "blocked" : "off";
}

/** The choice may have been made in another tab, or taken back in the browser's settings. */
export function lookAtNotifications(): void {
  notifications.change(() => read());
}

/** Asks the browser only now that the person wants it. */
export async function switchNotifications(on: boolean): Promise<void> {
  store(KEY, on ? "on" : "off");
  if (on && "Notification" in globalThis && Notification.permission === "default") {
    await Notification.requestPermission().catch(() => {});
  }
  lookAtNotifications();
}
