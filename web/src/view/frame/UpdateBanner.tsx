import { useState } from "react";
import { useMonitor } from "../../app/context";
import { IconButton } from "../common/IconButton";

/** The server was updated: says so, and leaves the moment to the person. */
export function UpdateBanner() {
  const old = useMonitor((state) => state.pageIsOld);
  const [dismissed, setDismissed] = useState(false);
  return (
    <div role="status">
      {old && !dismissed && (
        <div className="notice tone-active">
          <span>Agent Tracer was updated.</span>
          <button type="button" className="text-button" onClick={() => window.location.reload()}>
            Reload
          </button>
          <IconButton icon="close" label="Not now" onClick={() => setDismissed(true)} />
        </div>
      )}
    </div>
  );
}
