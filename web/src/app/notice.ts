import { navigate } from "wouter/use-browser-location";
import { pageAddress, taskAddress } from "../address/address";
import type { Notice } from "../attention/news";
import { standings } from "../event/standing";
import { rowsOf } from "../store/identity";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { EventId, TaskId } from "../wire.gen";

/** Shows a notification of the browser's; a click brings the tab to the front, at its task. */
export function showNotice({ title, body, tag, taskId }: Notice, store: Store<MonitorState>): void {
  const notice = new Notification(title, { body, tag });
  notice.onclick = () => {
    window.focus();
    const { search } = window.location;
    const event = taskId === null ? null : askingEvent(store.get(), taskId);
    navigate(taskId === null ? pageAddress("/", search) : taskAddress(taskId, search, { event }));
    notice.close();
  };
}

/** What the task waits for, where its timeline is at hand. */
function askingEvent(state: MonitorState, id: TaskId): EventId | null {
  const detail = state.details.get(id);
  if (detail === undefined) return null;
  return [...standings(rowsOf(detail.events)).keys()][0] ?? null;
}
