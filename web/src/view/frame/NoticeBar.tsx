import { useSyncExternalStore } from "react";
import { dismissNotice, type Notice, notices } from "../../app/notices";
import { plainLine } from "../../format/plain";
import { IconButton } from "../common/IconButton";

function NoticeAction({ action }: { action: NonNullable<Notice["action"]> }) {
  const run = () => {
    dismissNotice();
    action.run();
  };
  return (
    <button type="button" className="button" onClick={run}>
      {action.label}
    </button>
  );
}

/** How the last action went; read out when it changes. */
export function NoticeBar() {
  const notice = useSyncExternalStore(notices.subscribe, notices.get);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice && (
        <div className={`notice tone-${notice.tone}`}>
          <span>{plainLine(notice.text)}</span>
          {notice.action && <NoticeAction action={notice.action} />}
          <IconButton icon="close" label="Dismiss" onClick={dismissNotice} />
        </div>
      )}
    </div>
  );
}
