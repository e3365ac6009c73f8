import { useSyncExternalStore } from "react";
import { useApp } from "../../app/context";
import { closeDialog, type Dialog, dialogs, showDialog } from "../../app/dialogs";
import { useCommands } from "../../keys/useCommands";
import { Palette } from "../palette/Palette";
import { CleanUp } from "./CleanUp";
import { HelpSheet } from "./HelpSheet";
import { NoteDialog } from "./NoteDialog";

/** Whatever stands in front of the page, and the commands that call for it. */
export function Dialogs() {
  const dialog = useSyncExternalStore(dialogs.subscribe, dialogs.get);
  useCommands({
    help: () => showDialog({ kind: "help" }),
    palette: () => showDialog({ kind: "palette" }),
    clean: () => showDialog({ kind: "clean" }),
  });
  return dialog === null ? null : <Shown dialog={dialog} />;
}

function Shown({ dialog }: { dialog: Dialog }) {
  const { actions } = useApp();
  const onClose = () => closeDialog(dialog);
  if (dialog.kind === "palette") return <Palette onClose={onClose} />;
  if (dialog.kind === "help") return <HelpSheet onClose={onClose} />;
  if (dialog.kind === "clean") return <CleanUp onClose={onClose} />;
  const save = (bookmark: typeof dialog.bookmark) => void actions.saveBookmark(bookmark);
  return <NoteDialog bookmark={dialog.bookmark} onSave={save} onClose={onClose} />;
}
