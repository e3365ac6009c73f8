import { useSyncExternalStore } from "react";
import { dismissNotice, notices } from "../../app/notices";
import { plainLine } from "../../format/plain";
import { IconButton } from "../common/IconButton";

/** How the last action went; read out when it changes. */
export function NoticeBar() {
  const notice = useSyncExternalStore(notices.subscribe, notices.get);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice && (
        <div className={`notice tone-${notice.tone}`}>
          <span>{plainLine(notice.text)}</span>
          <IconButton icon="close" label="Dismiss" onClick={dismissNotice} />
        </div>
      )}
    </div>
  );
}
