import type { DiffLine } from "./parse";

/** Lines of a diff that are shown one after the other, or a stretch that is folded away. */
export type DiffRow =
  | { readonly kind: "line"; readonly line: DiffLine; readonly partner?: DiffLine }
  | { readonly kind: "fold"; readonly lines: readonly DiffLine[] };

/** Unchanged lines that stay beside a change, and how many more make a fold worth it. */
const KEPT = 3;
const WORTH_FOLDING = 4;

/** The rows of a hunk: a changed line knows its other version, long unchanged parts are folded. */
export function rowsOfHunk(lines: readonly DiffLine[]): DiffRow[] {
  const partners = partnersOf(lines);
  return runs(lines).flatMap((run, index, all) => {
    if (run[0]?.kind !== "same") return run.map((line) => row(line, partners));
    const head = index === 0 ? 0 : KEPT;
    const tail = index === all.length - 1 ? 0 : KEPT;
    if (run.length < head + tail + WORTH_FOLDING) return run.map((line) => row(line, partners));
    return [
      ...run.slice(0, head).map((line) => row(line, partners)),
      { kind: "fold", lines: run.slice(head, run.length - tail) },
      ...run.slice(run.length - tail).map((line) => row(line, partners)),
    ];
  });
}

function row(line: DiffLine, partners: ReadonlyMap<DiffLine, DiffLine>): DiffRow {
  const partner = partners.get(line);
  return { kind: "line", line, ...(partner === undefined ? {} : { partner }) };
}

function runs(lines: readonly DiffLine[]): DiffLine[][] {
  const out: DiffLine[][] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (last?.[0]?.kind === line.kind) last.push(line);
    else out.push([line]);
  }
  return out;
}

/** Removed lines and the added ones right after them are versions of each other, in order. */
function partnersOf(lines: readonly DiffLine[]): Map<DiffLine, DiffLine> {
  const partners = new Map<DiffLine, DiffLine>();
  const all = runs(lines);
  for (const [index, run] of all.entries()) {
    const next = all[index + 1];
    if (run[0]?.kind !== "removed" || next?.[0]?.kind !== "added") continue;
    for (const [at, line] of run.entries()) {
      const other = next[at];
      if (other === undefined) break;
      partners.set(line, other);
      partners.set(other, line);
    }
  }
  return partners;
}
