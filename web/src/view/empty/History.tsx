import { useEffect, useSyncExternalStore } from "react";
import { useApp } from "../../app/context";
import { history } from "../../app/history";
import { counted } from "../../format/number";
import type { FoundTranscripts } from "../../wire.gen";

/** Offers to bring in what agents wrote down before, where there is any that is not in yet. */
export function History() {
  const { actions } = useApp();
  const status = useSyncExternalStore(history.subscribe, history.get);
  useEffect(() => {
    void actions.lookAtHistory();
  }, [actions]);
  const unread = (status?.found ?? []).filter((found) => found.unread > 0);
  if (status === null || status.state === "running" || unread.length === 0) return null;
  const sessions = unread.reduce((sum, found) => sum + found.unread, 0);
  return (
    <section>
      <h2>Bring in your history</h2>
      <p>
        {counted(sessions, "session")} of {names(unread)} {sessions === 1 ? "is" : "are"} on this
        disk, as {unread.length === 1 ? "it" : "they"} wrote them down. Reading them changes nothing
        there; secrets are left out like everywhere.
      </p>
      <button type="button" className="button primary" onClick={() => void actions.importHistory()}>
        Import {counted(sessions, "session")}
      </button>
    </section>
  );
}

/** `Claude Code`, `Claude Code and Codex CLI`, `Claude Code, Codex CLI and Gemini CLI`. */
function names(found: readonly FoundTranscripts[]): string {
  const all = found.map(({ agentName }) => agentName);
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}
