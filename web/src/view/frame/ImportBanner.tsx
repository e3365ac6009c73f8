import { useSyncExternalStore } from "react";
import { history } from "../../app/history";
import { counted, whole } from "../../format/number";

/** How far a history is brought in, for as long as it is. */
export function ImportBanner() {
  const status = useSyncExternalStore(history.subscribe, history.get);
  if (status?.state !== "running") return null;
  const { sessions, sessionsDone, bytes, bytesDone } = status;
  return (
    <div className="importing">
      <div className="notice">
        <span>
          Importing: {whole(sessionsDone)} of {counted(sessions, "session")}
        </span>
        <progress max={Math.max(bytes, 1)} value={bytesDone} aria-label="Import of the history" />
      </div>
    </div>
  );
}
