import type { DiffFile, DiffLine } from "./parse";

/** What a replacement of one text by another would change, as a file of a diff without numbers. */
export function askedChange(path: string | null, before: string, after: string): DiffFile {
  const old = linesOf(before);
  const next = linesOf(after);
  const head = common(old, next);
  const tail = Math.min(
    common(old.toReversed(), next.toReversed()),
    old.length - head,
    next.length - head,
  );
  const line = (kind: DiffLine["kind"]) => (text: string) => ({ kind, text });
  const removed = old.slice(head, old.length - tail);
  const added = next.slice(head, next.length - tail);
  const lines: DiffLine[] = [
    ...old.slice(0, head).map(line("same")),
    ...removed.map(line("removed")),
    ...added.map(line("added")),
    ...old.slice(old.length - tail).map(line("same")),
  ];
  return {
    before: path,
    after: path,
    hunks: [{ heading: "", lines }],
    added: added.length,
    removed: removed.length,
  };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

function common(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}
