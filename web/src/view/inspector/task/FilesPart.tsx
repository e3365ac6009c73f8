import { useMemo, useState } from "react";
import { type TouchedFile, touchedFiles } from "../../../facts/files";
import { counted, whole } from "../../../format/number";
import type { Event, TaskId } from "../../../wire.gen";
import { TaskLink } from "../../common/PlaceLink";
import { Block } from "../text/Block";
import { PathName } from "../text/PathName";
import { Loaded } from "./Loaded";

const FIRST = 12;

type Which = "all" | "changed" | "read";

const CHOICES: readonly (readonly [Which, string])[] = [
  ["all", "All"],
  ["changed", "Changed"],
  ["read", "Only looked at"],
];

interface Props {
  taskId: TaskId;
  events: readonly Event[];
  partial: boolean;
}

/** The files that the agent had to do with; each leads to the newest event about it. */
export function FilesPart({ taskId, events, partial }: Props) {
  const files = useMemo(() => touchedFiles(events), [events]);
  const [which, setWhich] = useState<Which>("all");
  const [all, setAll] = useState(false);
  const chosen = files.filter((file) => fits(file, which));
  const shown = all ? chosen : chosen.slice(0, FIRST);
  return (
    <Block name="Files" tools={<Loaded partial={partial} />}>
      {files.length === 0 ? (
        <p className="muted">No event names a file.</p>
      ) : (
        <>
          <fieldset className="chips" aria-label="Which files">
            {CHOICES.map(([value, label]) => (
              <button
                key={value}
                type="button"
                className="chip"
                aria-pressed={which === value}
                onClick={() => setWhich(value)}
              >
                {label}
                <span className="chip-count">
                  {whole(files.filter((file) => fits(file, value)).length)}
                </span>
              </button>
            ))}
          </fieldset>
          <ul className="links">
            {shown.map((file) => (
              <li key={file.path}>
                <FileLink taskId={taskId} file={file} />
              </li>
            ))}
          </ul>
          {chosen.length > shown.length && (
            <button type="button" className="text-button" onClick={() => setAll(true)}>
              {counted(chosen.length - shown.length, "file")} more
            </button>
          )}
        </>
      )}
    </Block>
  );
}

function fits({ changes }: TouchedFile, which: Which): boolean {
  return which === "all" || (which === "changed" ? changes > 0 : changes === 0);
}

function FileLink({ taskId, file }: { taskId: TaskId; file: TouchedFile }) {
  const { path, touches, changes, newest } = file;
  return (
    <TaskLink id={taskId} more={{ event: newest }} className="event-link">
      <PathName path={path} />
      <span className="spacer" />
      {changes > 0 && <span className="badge">{counted(changes, "change")}</span>}
      <span className="muted tabular">{counted(touches, "call")}</span>
    </TaskLink>
  );
}
