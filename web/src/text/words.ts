/** A piece of a line: one of the words that were looked for, or what is between them. */
export interface WordPiece {
  readonly text: string;
  readonly marked: boolean;
}

/** A longer line is not searched: it is data, and nobody reads it. */
const LONGEST = 2_000;

/** A line in pieces, with the words marked. Words are compared, never run as patterns. */
export function splitByWords(
  line: string,
  words: readonly string[],
  anyCase: boolean,
): WordPiece[] {
  if (words.length === 0 || line.length > LONGEST) return [{ text: line, marked: false }];
  const fold = (text: string) => (anyCase ? text.toLowerCase() : text);
  const [folded, wanted] = [fold(line), words.map(fold)];
  const pieces: WordPiece[] = [];
  let at = 0;
  // Folding can change how long a text is; places would then be wrong.
  while (at < line.length && folded.length === line.length) {
    const next = first(folded, wanted, at);
    if (next === null) break;
    if (next.at > at) pieces.push({ text: line.slice(at, next.at), marked: false });
    at = next.at + next.length;
    pieces.push({ text: line.slice(next.at, at), marked: true });
  }
  if (at < line.length) pieces.push({ text: line.slice(at), marked: false });
  return pieces;
}

function first(line: string, words: readonly string[], from: number) {
  let found: { at: number; length: number } | null = null;
  for (const word of words) {
    const at = line.indexOf(word, from);
    if (at >= 0 && (found === null || at < found.at)) found = { at, length: word.length };
  }
  return found;
}
