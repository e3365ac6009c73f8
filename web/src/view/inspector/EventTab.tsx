import { type ReactNode, useState } from "react";
import { titleOf } from "../../event/details";
import { plainLine } from "../../format/plain";
import { useCommands } from "../../keys/useCommands";
import { EditableTitle } from "../common/EditableTitle";
import { IconButton } from "../common/IconButton";
import { Facts } from "./Facts";
import { Fold } from "./Fold";
import { Glance } from "./Glance";
import { type Inspected, InspectedContext } from "./inspected";
import { Links } from "./Links";
import { RawParts } from "./RawParts";
import { Reasons } from "./Reasons";
import { SubjectView } from "./subject/SubjectView";
import { WorkspaceContext } from "./text/PathName";

interface Props {
  inspected: Inspected;
  workspace: string | undefined;
  bookmarked: boolean;
  /** Something to know before reading, such as that the event is outside of what is loaded. */
  note: ReactNode;
  onBookmark: () => void;
  onCopyLink: () => void;
  onRename: (title: string | null) => void;
}

/** Everything that is known about one event: what it is, what belongs to it, and what it is made of. */
export function EventTab(props: Props) {
  const { inspected, workspace, note } = props;
  const { event } = inspected;
  return (
    <InspectedContext value={inspected}>
      <WorkspaceContext value={workspace}>
        <EventHead {...props} />
        <div className="inspector-body">
          {note}
          <SubjectView />
          <Links />
          <Fold name="Details">
            {() => (
              <>
                <Facts event={event} />
                <Reasons classification={event.classification} />
              </>
            )}
          </Fold>
          <RawParts event={event} />
        </div>
      </WorkspaceContext>
    </InspectedContext>
  );
}

function EventHead({ inspected, bookmarked, onBookmark, onCopyLink, onRename }: Props) {
  const { event } = inspected;
  const [editing, setEditing] = useState(false);
  useCommands({ rename: () => setEditing(true) });
  const title = plainLine(titleOf(event));
  const save = (text: string) => {
    setEditing(false);
    if (text !== title) onRename(text === "" || text === event.title ? null : text);
  };
  return (
    <div className="inspector-head">
      {editing ? (
        <EditableTitle
          value={title}
          label="Title of the event; empty for its own"
          onSave={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <div className="inspector-title">
          <h2 dir="auto">{title}</h2>
          <div className="buttons">
            <IconButton
              icon="bookmark"
              label={bookmarked ? "Remove the bookmark of this event" : "Bookmark this event"}
              pressed={bookmarked}
              onClick={onBookmark}
            />
            <IconButton icon="link" label="Copy a link to this event" onClick={onCopyLink} />
            <IconButton icon="edit" label="Rename this event" onClick={() => setEditing(true)} />
          </div>
        </div>
      )}
      {titleOf(event) !== event.title && (
        <p className="muted">Logged as “{plainLine(event.title, 160)}”</p>
      )}
      <Glance event={event} />
    </div>
  );
}
