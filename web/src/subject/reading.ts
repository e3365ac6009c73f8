import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";
import { fieldsOf, inputOf, known, listOf, numberOf, textOf } from "./read";

/** A file as the agent saw it. */
export interface Reading {
  readonly path: string;
  readonly text?: string;
  /** The number of the first line. */
  readonly first: number;
  /** What the tool said beside the file's own text, such as where it stopped. */
  readonly remark?: string;
  /** How many lines the file has, where that is told. */
  readonly total?: number;
}

export function readingOf(event: Event): Reading | null {
  const { metadata } = event;
  if (metadata.subtypeKey !== "read_file") return null;
  const { filePaths, output } = detailsOf(event);
  const input = inputOf(event);
  const told = fieldsOf(fieldsOf(metadata.toolResponse).file);
  const path = filePaths[0] ?? textOf(input, "path") ?? "";
  const numbered = output === undefined ? null : numberedText(unwrapped(output));
  return known<Reading>({
    path,
    text: numbered?.text ?? (output === undefined ? undefined : unwrapped(output)),
    first: numbered?.first ?? numberOf(told, "startLine") ?? firstAsked(input) ?? 1,
    remark: numbered?.remark,
    total: numberOf(told, "totalLines"),
  });
}

function firstAsked(input: ReturnType<typeof inputOf>): number | undefined {
  const range = listOf(input, "view_range")[0];
  const first = numberOf(input, "offset", "start_line") ?? (range as number | undefined);
  return Number.isInteger(first) && Number(first) > 0 ? first : undefined;
}

/** OpenCode wraps a file in tags of its own. */
function unwrapped(output: string): string {
  const inner = /^<path>[^\n]*<\/path>\n<type>file<\/type>\n<content>\n/.exec(output);
  if (inner === null) return output;
  return output.slice(inner[0].length).replace(/\n<\/content>\s*$/, "");
}

const NUMBERED = /^ {0,9}(\d{1,9})(?:→|\t|: ?|\| )(.*)$/;

/** A text whose lines carry their numbers, without them; null where they do not. */
function numberedText(text: string): { text: string; first: number; remark?: string } | null {
  const lines = text.split("\n");
  const first = Number(NUMBERED.exec(lines[0] ?? "")?.[1]);
  const own: string[] = [];
  for (const line of lines) {
    const [, number, rest] = NUMBERED.exec(line) ?? [];
    if (rest === undefined || Number(number) !== first + own.length) break;
    own.push(rest);
  }
  const remark = lines.slice(own.length).join("\n").trim();
  // One numbered line among others is more likely a line that begins with a number.
  if (
    own.length === 0 ||
    (own.length === 1 && lines.length > 1 && remark !== "" && !/^[(<]/.test(remark))
  )
    return null;
  return { text: own.join("\n"), first, ...(remark === "" ? {} : { remark }) };
}
