import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { plainLine } from "../../format/plain";
import type { Bookmark } from "../../wire.gen";

interface Props {
  bookmark: Bookmark;
  onSave: (bookmark: Bookmark) => void;
  onClose: () => void;
}

const LONGEST = 2_000;

/** Asks what is to be remembered about a bookmark. */
export function NoteDialog({ bookmark, onSave, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [note, setNote] = useState(bookmark.note ?? "");
  useEffect(() => dialog.current?.showModal(), []);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ ...bookmark, note: note.trim() });
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="dialog" aria-label="Note of the bookmark" onClose={onClose}>
      <form onSubmit={save}>
        <h2>Note</h2>
        <p className="dialog-body" dir="auto">
          {plainLine(bookmark.title, 120)}
        </p>
        <textarea
          className="field note-field"
          aria-label="Note"
          rows={4}
          maxLength={LONGEST}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save(event as never);
          }}
        />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Save
          </button>
        </div>
      </form>
    </dialog>
  );
}
