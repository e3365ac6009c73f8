import { insideOf } from "../format/path";
import { plainLine } from "../format/plain";
import type { Event } from "../wire.gen";
import { detailsOf, titleOf } from "./details";

/** What a row says after its title. `code` is shown in the fixed-width face. */
export interface Summary {
  readonly text: string;
  readonly code: boolean;
}

/** The one thing that best tells this event from its neighbours, never the title again. */
export function summaryOf(event: Event, workspace: string | undefined): Summary | null {
  const title = plainLine(titleOf(event));
  return (
    candidates(event, workspace).find(({ text }) => text !== "" && !repeats(title, text)) ?? null
  );
}

/** Titles are often made from a path, or from the beginning of a text. */
function repeats(title: string, text: string): boolean {
  return title.includes(text.slice(0, 40)) || text.startsWith(title.slice(0, 40));
}

function candidates(event: Event, workspace: string | undefined): Summary[] {
  const { command, filePaths, error } = detailsOf(event);
  const found: Summary[] = [];
  if (command !== undefined) found.push({ text: plainLine(command), code: true });
  if (filePaths.length > 0) found.push({ text: pathsText(filePaths, workspace), code: true });
  if (error !== undefined) found.push({ text: plainLine(error), code: false });
  if (event.body !== undefined) found.push({ text: plainLine(event.body), code: false });
  return found;
}

function pathsText(paths: readonly string[], workspace: string | undefined): string {
  const first = plainLine(insideOf(paths[0] ?? "", workspace));
  return paths.length > 1 ? `${first} +${paths.length - 1}` : first;
}
