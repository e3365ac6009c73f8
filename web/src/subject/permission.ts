import { type DiffFile, parseDiff } from "../diff/parse";
import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";
import { replacements } from "./change";
import { inputOf, known, listOf, textOf } from "./read";

/** A permission that the agent asked for, and what became of it. */
export interface Permission {
  readonly tool?: string;
  readonly command?: string;
  /** Paths or patterns that it is for. */
  readonly about: readonly string[];
  readonly reason?: string;
  /** The change that it is for, as it was told or asked for. */
  readonly files: readonly DiffFile[];
  readonly open: boolean;
  readonly answer?: string;
  /** Whether the answer was not told, but follows from what came after. */
  readonly guess: boolean;
  /** What ended it, where nobody answered. */
  readonly because?: string;
  /** Whether it is a guess that this tool is meant. */
  readonly toolGuessed: boolean;
}

export function permissionOf(event: Event): Permission | null {
  const { kind, metadata } = event;
  const isAsked = textOf(metadata, "questionId")?.startsWith("permission:") === true;
  if (kind !== "question.logged" || !isAsked) return null;
  const { toolName, filePaths, diff } = detailsOf(event);
  const input = inputOf(event);
  const path = textOf(input, "file_path", "filePath", "path");
  const told = parseDiff(diff ?? "");
  const patterns = listOf(metadata, "patterns").filter((item) => typeof item === "string");
  return known<Permission>({
    tool: toolName,
    command: textOf(input, "command"),
    about: [...new Set([...filePaths, ...(path === undefined ? [] : [path]), ...patterns])],
    reason: textOf(metadata, "permissionReason"),
    files: told.length > 0 ? told : replacements(input, path ?? filePaths[0] ?? ""),
    open: metadata.questionPhase === "asked",
    answer: textOf(metadata, "answer"),
    guess: metadata.guess === true,
    because: textOf(metadata, "endedBecause"),
    toolGuessed: metadata.toolGuessed === true,
  });
}
