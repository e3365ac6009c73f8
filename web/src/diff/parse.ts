export type LineKind = "same" | "added" | "removed";

export interface DiffLine {
  readonly kind: LineKind;
  readonly text: string;
  /** Its number in the file before and after, where the diff tells numbers. */
  readonly before?: number;
  readonly after?: number;
}

export interface Hunk {
  /** What stands behind the second `@@`, such as the name of a function. */
  readonly heading: string;
  readonly lines: readonly DiffLine[];
  /** How many lines of the file are left out before it, where that can be known. */
  readonly skipped?: number;
}

export interface DiffFile {
  /** The path before and after; null where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly removed: number;
}

/** The files of a unified diff; none where the text is no diff. */
export function parseDiff(text: string): DiffFile[] {
  return new Reader(text.split(/\r?\n/)).files();
}

/** The numbers of a hunk's header: where it begins, and how many lines are still to come. */
interface Counting {
  before: number;
  after: number;
  left: number;
  leftAfter: number;
}

const HUNK = /^@@(?: -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@)? ?(.*)$/;

class Reader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    // A text ends with a line break, and that is no line of its own.
    this.#lines = lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  }

  files(): DiffFile[] {
    const files: DiffFile[] = [];
    while (this.#at < this.#lines.length) {
      if (this.#isHeader()) files.push(this.#file());
      else this.#at++;
    }
    return files;
  }

  /** A line of a hunk can look like one half of a header, never like both one after the other. */
  #isHeader(): boolean {
    const [first, second] = this.#lines.slice(this.#at, this.#at + 2);
    return first?.startsWith("--- ") === true && second?.startsWith("+++ ") === true;
  }

  #file(): DiffFile {
    const [before, after] = names(this.#lines[this.#at] ?? "", this.#lines[this.#at + 1] ?? "");
    this.#at += 2;
    const hunks: Hunk[] = [];
    let end: Counting | null = null;
    while (this.#at < this.#lines.length && !this.#isHeader()) {
      const header = HUNK.exec(this.#lines[this.#at] ?? "");
      this.#at++;
      if (header === null) continue;
      const counting = countingOf(header);
      const skipped = skippedBefore(counting, end);
      const lines = this.#hunk(counting);
      hunks.push({ heading: header[5] ?? "", lines, ...(skipped > 0 ? { skipped } : {}) });
      end = counting;
    }
    const count = (kind: LineKind) =>
      hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
    return { before, after, hunks, added: count("added"), removed: count("removed") };
  }

  #hunk(counting: Counting | null): DiffLine[] {
    const lines: DiffLine[] = [];
    while (this.#at < this.#lines.length && !this.#ends(counting)) {
      const line = lineOf(this.#lines[this.#at] ?? "", counting);
      this.#at++;
      if (line !== null) lines.push(line);
    }
    return lines;
  }

  #ends(counting: Counting | null): boolean {
    const next = this.#lines[this.#at] ?? "";
    if (next.startsWith("\\")) return false;
    if (counting === null) return next.startsWith("@@") || this.#isHeader();
    if (counting.left <= 0 && counting.leftAfter <= 0) return true;
    // A diff that was cut promises lines that never come, and must not take the next file's.
    return this.#isHeader() && this.#lines[this.#at + 2]?.startsWith("@@ -") === true;
  }
}

function countingOf(header: RegExpExecArray): Counting | null {
  const [, before, left, after, leftAfter] = header;
  if (before === undefined) return null;
  const count = (text: string | undefined) => (text === undefined ? 1 : Number(text));
  return {
    before: Number(before),
    after: Number(after),
    left: count(left),
    leftAfter: count(leftAfter),
  };
}

/** After a hunk is read, its numbers stand behind it. */
function skippedBefore(next: Counting | null, end: Counting | null): number {
  if (next === null) return 0;
  return end === null ? Math.max(0, next.before - 1) : Math.max(0, next.before - end.before);
}

function lineOf(line: string, counting: Counting | null): DiffLine | null {
  const text = line.slice(1);
  switch (line[0]) {
    case "+":
      return { kind: "added", text, ...took(counting, 0, 1) };
    case "-":
      return { kind: "removed", text, ...took(counting, 1, 0) };
    case "\\":
      return null;
    default:
      return { kind: "same", text, ...took(counting, 1, 1) };
  }
}

function took(counting: Counting | null, before: 0 | 1, after: 0 | 1) {
  if (counting === null) return {};
  const numbers = {
    ...(before === 1 ? { before: counting.before } : {}),
    ...(after === 1 ? { after: counting.after } : {}),
  };
  counting.before += before;
  counting.after += after;
  counting.left -= before;
  counting.leftAfter -= after;
  return numbers;
}

/** The names without what programs put around them: a time after a tab, `a/` and `b/` before. */
function names(first: string, second: string): [string | null, string | null] {
  const bare = (line: string) => (line.slice(4).split("\t")[0] ?? "").trim();
  const before = bare(first);
  const after = bare(second);
  const prefixed =
    (before.startsWith("a/") || before === "/dev/null") &&
    (after.startsWith("b/") || after === "/dev/null");
  const name = (path: string) => {
    if (path === "/dev/null") return null;
    return prefixed ? path.slice(2) : path;
  };
  return [name(before), name(after)];
}
