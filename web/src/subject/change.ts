import { askedChange } from "../diff/asked";
import { type DiffFile, parseDiff } from "../diff/parse";
import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";
import { type Fields, fieldsOf, inputOf, known, listOf, textOf } from "./read";

/** A change of files: as the agent told it, or else as it was asked for. */
export interface Change {
  readonly files: readonly DiffFile[];
  /** Whether the agent said what changed; else it is what the call wanted. */
  readonly told: boolean;
  /** A file that was written as a whole: its text is the call's input. */
  readonly written?: Written;
  /** A change in a form that only its agent reads. */
  readonly patch?: string;
}

export interface Written {
  readonly path: string;
  readonly text: string;
  readonly field: string;
}

export function changeOf(event: Event): Change | null {
  const { diff } = detailsOf(event);
  const files = parseDiff(diff ?? "").map((file) => named(file, event));
  if (files.length > 0) return { files, told: true };
  if (event.metadata.subtypeGroup !== "file_ops") return null;
  const input = inputOf(event);
  return known<Change>({
    files: replacements(input, pathOf(event)),
    told: false,
    written: writtenOf(input, pathOf(event)),
    patch: diff ?? textOf(input, "command", "patch", "patchText"),
  });
}

function writtenOf(input: Fields, path: string): Written | undefined {
  const field = ["content", "file_text", "new_source"].find(
    (key) => typeof input[key] === "string",
  );
  if (field === undefined) return undefined;
  return { path, text: String(input[field]), field: `toolInput.${field}` };
}

/** What a call asks to replace: one text, or the list of them that some tools take. */
export function replacements(input: Fields, path: string): DiffFile[] {
  const edits = [input, ...listOf(input, "edits").map(fieldsOf)];
  return edits.flatMap((edit) => {
    const before = edit.old_string ?? edit.oldString ?? edit.old_str;
    const after = edit.new_string ?? edit.newString ?? edit.new_str;
    if (typeof before !== "string" || typeof after !== "string") return [];
    return [askedChange(path, before, after)];
  });
}

const pathOf = (event: Event) => detailsOf(event).filePaths[0] ?? "";

/** With the whole paths where the event knows them: diffs often have only a name, or no first `/`. */
function named(file: DiffFile, event: Event): DiffFile {
  const { filePaths } = detailsOf(event);
  const whole = (name: string | null) =>
    name === null ? null : (filePaths.find((path) => path.endsWith(`/${name}`)) ?? name);
  return { ...file, before: whole(file.before), after: whole(file.after) };
}
