import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";
import { type Found, filesFound, textFound } from "./found";
import { inputOf, known, textOf } from "./read";

/** A search for text in files, or for files by name. */
export interface Search {
  readonly pattern?: string;
  readonly folder?: string;
  /** Which files it was restricted to. */
  readonly only?: string;
  readonly found: Found;
  /** The words to mark in what was found; none where the pattern is more than words. */
  readonly words: readonly string[];
  readonly anyCase: boolean;
}

export function searchOf(event: Event): Search | null {
  const how = event.metadata.subtypeKey;
  if (how !== "grep_code" && how !== "glob_files") return null;
  const input = inputOf(event);
  const { output } = detailsOf(event);
  const pattern = textOf(input, "pattern");
  const folder = textOf(input, "path", "dir_path");
  return known<Search>({
    pattern,
    folder,
    only: textOf(input, "glob", "include", "include_pattern", "type"),
    found: how === "grep_code" ? textFound(output ?? "", folder) : filesFound(output ?? ""),
    words: how === "grep_code" ? wordsOf(pattern ?? "") : [],
    anyCase: input["-i"] === true || input.case_sensitive === false,
  });
}

/**
 * The plain words of a pattern, or of each of its alternatives. A pattern that is more is never run:
 * it is the agent's, and could keep the page busy for ever.
 */
function wordsOf(pattern: string): string[] {
  const words = pattern.split("|").map(wordOf);
  return words.every((word) => word !== null) ? words.filter((word) => word !== "") : [];
}

/** What a part of a pattern stands for, if that is a single word. */
function wordOf(part: string): string | null {
  const bare = part.replace(/\\[.()[\]{}*+?^$/-]/g, "");
  return /[.()[\]{}*+?^$\\]/.test(bare) ? null : part.replaceAll("\\", "");
}
