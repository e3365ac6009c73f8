import { plain, plainLine } from "../../../format/plain";
import type { Permission } from "../../../subject/permission";
import { Elapsed } from "../../common/Moments";
import { DiffView } from "../diff/DiffView";
import { useInspected } from "../inspected";
import { AnsiText } from "../text/AnsiText";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { PathName } from "../text/PathName";
import { Scroller } from "../text/Scroller";
import { useParts } from "../text/useParts";
import { ToolInput } from "./ToolInput";

/** What the agent wants to do, and whether it may. */
export function PermissionView(permission: Permission) {
  const { event } = useInspected();
  const { command, about, reason, files } = permission;
  return (
    <>
      <Block name="Permission" tools={<Answer {...permission} />}>
        <p>
          Asks to use <b>{plainLine(permission.tool ?? "a tool", 80)}</b>
          {permission.toolGuessed && <span className="muted"> (which tool is a guess)</span>}
        </p>
        {command !== undefined && <Command command={command} />}
        <ul className="files">
          {about.map((path) => (
            <li key={path}>
              <PathName path={path} />
            </li>
          ))}
        </ul>
        {reason !== undefined && <p className="quoted">{plain(reason)}</p>}
        {permission.because !== undefined && (
          <p className="muted">Nobody told an answer; {plainLine(permission.because, 120)}.</p>
        )}
      </Block>
      {files.length > 0 && (
        <Block name="Change it is for">
          <DiffView files={files} />
        </Block>
      )}
      {files.length === 0 && (
        <ToolInput input={event.metadata.toolInput} name="Input" but={command} />
      )}
    </>
  );
}

function Command({ command }: { command: string }) {
  const { parts } = useParts(command);
  return (
    <div className="terminal">
      <div className="terminal-part">
        <CopyButton what="command" text={command} field="toolInput.command" />
        <Scroller label="Command" className="terminal-command">
          <AnsiText parts={parts} />
        </Scroller>
      </div>
    </div>
  );
}

function Answer({ open, answer, guess }: Permission) {
  const { event } = useInspected();
  if (open) {
    return (
      <span className="badge tone-waiting tabular">
        waits for an answer, <Elapsed since={event.createdAt} />
      </span>
    );
  }
  if (answer === undefined) return <span className="badge">answer not told</span>;
  const tone = answer === "granted" ? "good" : guess ? "quiet" : "bad";
  return (
    <span
      className={`badge tone-${tone}`}
      title={guess ? "Nobody said so: it follows from what came after." : undefined}
    >
      {plainLine(answer, 60)}
      {guess && ", a guess"}
    </span>
  );
}
