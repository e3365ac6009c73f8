import { type ReactNode, useState } from "react";
import { detailsOf, titleOf } from "../../event/details";
import type { Standing } from "../../event/standing";
import { insideOf } from "../../format/path";
import { plain, plainLine } from "../../format/plain";
import type { Event } from "../../wire.gen";
import { EditableTitle } from "../common/EditableTitle";
import { IconButton } from "../common/IconButton";
import { Facts } from "./Facts";
import { JsonTree } from "./JsonTree";
import { Links } from "./Links";
import { Reasons } from "./Reasons";
import { TextBlock } from "./TextBlock";
import { ToolInput } from "./ToolInput";

interface Props {
  event: Event;
  standing: Standing | undefined;
  workspace: string | undefined;
  bookmarked: boolean;
  /** Something to know before reading, such as that the rest is still on its way. */
  note: ReactNode;
  onBookmark: () => void;
  onCopyLink: () => void;
  onRename: (title: string | null) => void;
  onClose: () => void;
}

/** Everything that is known about one event. */
export function Inspector(props: Props) {
  const { event, standing, workspace, note } = props;
  const { command, output, error, diff, filePaths, toolInput } = detailsOf(event);
  const body = event.body === output || event.body === command ? undefined : event.body;
  return (
    <aside className="inspector" aria-label="Event">
      <InspectorHead {...props} />
      <div className="inspector-body">
        {note}
        <Facts event={event} standing={standing} />
        {command !== undefined && <TextBlock name="Command" text={command} />}
        {error !== undefined && <TextBlock name="Error" text={error} tone="bad" />}
        {output !== undefined && <TextBlock name="Output" text={output} />}
        {diff !== undefined && <TextBlock name="Changes" text={diff} />}
        {body !== undefined && <TextBlock name="Text" text={body} />}
        {toolInput !== undefined && <ToolInput input={toolInput} command={command} />}
        {filePaths.length > 0 && <Files paths={filePaths} workspace={workspace} />}
        <Links event={event} />
        <Reasons classification={event.classification} />
        <section className="block">
          <JsonTree name="Raw metadata" value={event.metadata} />
        </section>
      </div>
    </aside>
  );
}

function InspectorHead({ event, bookmarked, onBookmark, onCopyLink, onRename, onClose }: Props) {
  const [editing, setEditing] = useState(false);
  const title = plainLine(titleOf(event));
  const save = (text: string) => {
    setEditing(false);
    if (text !== title) onRename(text === "" || text === event.title ? null : text);
  };
  return (
    <div className="inspector-head">
      <div className="buttons">
        <IconButton
          icon="bookmark"
          label={bookmarked ? "Remove the bookmark of this event" : "Bookmark this event"}
          pressed={bookmarked}
          onClick={onBookmark}
        />
        <IconButton icon="link" label="Copy a link to this event" onClick={onCopyLink} />
        <IconButton icon="edit" label="Rename this event" onClick={() => setEditing(true)} />
        <span className="spacer" />
        <IconButton icon="close" label="Close (Esc)" onClick={onClose} />
      </div>
      {editing ? (
        <EditableTitle
          value={title}
          label="Title of the event; empty for its own"
          onSave={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <h2 dir="auto">{title}</h2>
      )}
      {titleOf(event) !== event.title && (
        <p className="muted">Logged as “{plainLine(event.title, 160)}”</p>
      )}
    </div>
  );
}

function Files({ paths, workspace }: { paths: readonly string[]; workspace: string | undefined }) {
  return (
    <section className="block">
      <div className="block-head">
        <h3>Files</h3>
      </div>
      <ul className="files">
        {[...new Set(paths)].map((path) => (
          <li key={path} className="code" title={plain(path)}>
            {plainLine(insideOf(path, workspace))}
          </li>
        ))}
      </ul>
    </section>
  );
}
