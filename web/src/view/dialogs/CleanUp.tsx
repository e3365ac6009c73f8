import { useEffect, useRef, useState } from "react";
import type { FinishedPreview } from "../../api/api";
import { useApp } from "../../app/context";
import { counted, whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import { Age } from "../common/Moments";

const DAY_MS = 24 * 60 * 60_000;
const AGES = [
  { label: "All finished", days: 0 },
  { label: "Older than a day", days: 1 },
  { label: "Older than a week", days: 7 },
  { label: "Older than 30 days", days: 30 },
] as const;
/** There is room for so many. */
const SHOWN = 8;

/** Deletes finished tasks, after it has shown which. */
export function CleanUp({ onClose }: { onClose: () => void }) {
  const { actions } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [days, setDays] = useState<number>(0);
  const [preview, setPreview] = useState<FinishedPreview | null>(null);
  const before = useRef<string | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let current = true;
    before.current = days === 0 ? undefined : new Date(Date.now() - days * DAY_MS).toISOString();
    setPreview(null);
    void actions.previewFinished(before.current).then((told) => {
      if (current) setPreview(told);
    });
    return () => {
      current = false;
    };
  }, [actions, days]);
  const remove = () => {
    dialog.current?.close();
    void actions.deleteFinished(before.current);
  };
  return (
    <dialog ref={dialog} className="dialog clean-up" aria-label="Clean up" onClose={onClose}>
      <h2>Clean up finished tasks</h2>
      <fieldset className="chips" aria-label="Which">
        {AGES.map(({ label, days: value }) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={days === value}
            onClick={() => setDays(value)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <Preview preview={preview} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button
          type="button"
          className="button danger"
          disabled={preview === null || preview.total === 0}
          onClick={remove}
        >
          Delete {preview === null ? "…" : counted(preview.total, "task")}
        </button>
      </div>
    </dialog>
  );
}

function Preview({ preview }: { preview: FinishedPreview | null }) {
  if (preview === null) return <div className="skeleton clean-up-list" />;
  const { tasks, total, events } = preview;
  if (total === 0) return <p className="clean-up-list muted">No finished task fits.</p>;
  const more = total - Math.min(SHOWN, tasks.length);
  return (
    <div className="clean-up-list">
      <ul>
        {tasks.slice(0, SHOWN).map((task) => (
          <li key={task.id}>
            <span className="clean-up-title" dir="auto">
              {plainLine(task.displayTitle, 120)}
            </span>
            <span className="muted tabular">
              <Age at={task.lastActivityAt} />
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">
        {more > 0 && `and ${whole(more)} more, `}with {counted(events, "event")}, their subagents
        and bookmarks. It can be undone for ten minutes.
      </p>
    </div>
  );
}
