/** How much of a text is shown before somebody asks for more: what a page lays out without a wait. */
export const FIRST = { lines: 400, characters: 64 * 1024 };

export interface Limit {
  readonly lines: number;
  readonly characters: number;
}

/** A stretch of a text that is shown as one. */
export interface Part {
  readonly text: string;
  /** The number of its first line, counted from 0. */
  readonly firstLine: number;
  /** Where it ends in the whole text. */
  readonly end: number;
}

/** The part that begins at `from`: whole lines, unless a single one is longer than the limit. */
export function partAt(text: string, from: number, firstLine: number, limit: Limit): Part {
  const end = endOf(text, from, limit);
  return { text: text.slice(from, end).replace(/\r?\n$/, ""), firstLine, end };
}

function endOf(text: string, from: number, { lines, characters }: Limit): number {
  const last = Math.min(text.length, from + characters);
  let end = from;
  for (let line = 0; line < lines; line++) {
    const newline = text.indexOf("\n", end);
    if (newline < 0 || newline >= last) break;
    end = newline + 1;
    if (line === lines - 1) return end;
  }
  if (last === text.length) return last;
  return end > from ? end : between(text, last);
}

/** Never between the halves of a character. */
function between(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** The parts of a text with one more; a later part is bigger, for whoever asks again wants it all. */
export function withNext(text: string, parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  if (last !== undefined && last.end >= text.length) return parts;
  const growth = Math.min(4, 2 ** Math.max(0, parts.length - 1));
  const limit = { lines: FIRST.lines * growth, characters: FIRST.characters * growth };
  const firstLine = last === undefined ? 0 : last.firstLine + lineCount(last.text);
  return [...parts, partAt(text, last?.end ?? 0, firstLine, limit)];
}

export function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
