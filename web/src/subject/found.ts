/** A line that was found, or one around it that was told too. */
export interface Hit {
  readonly line?: number;
  readonly text: string;
  readonly around?: true;
}

export interface FoundFile {
  readonly path: string;
  readonly hits: readonly Hit[];
  /** How many were found, where only that was told. */
  readonly count?: number;
}

/** What a search gave, by file; what could not be read as that is kept as it is. */
export interface Found {
  readonly files: readonly FoundFile[];
  /** What the tool said beside it, such as that there is more. */
  readonly remarks: readonly string[];
}

const REMARK = /^(?:Found \d|No (?:files|matches)|\(|\[|Results? |Showing )/i;

/** Paths, one a line. */
export function filesFound(output: string): Found {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const isRemark = (line: string) => REMARK.test(line);
  return {
    files: lines.filter((line) => !isRemark(line)).map((path) => ({ path, hits: [] })),
    remarks: lines.filter(isRemark),
  };
}

/** Lines of text by file, in the forms that the agents' tools print. `only` is the one file searched. */
export function textFound(output: string, only: string | undefined): Found {
  const reader = new Reader(only);
  for (const line of output.split("\n")) reader.read(line);
  return reader.found();
}

class Reader {
  readonly #files = new Map<string, { hits: Hit[]; count?: number }>();
  readonly #remarks: string[] = [];
  readonly #only: string | undefined;
  /** The file that the lines below its name are of. */
  #current: string | null = null;

  constructor(only: string | undefined) {
    this.#only = only;
  }

  found(): Found {
    const files = [...this.#files].map(([path, found]) => ({ path, ...found }));
    return { files, remarks: this.#remarks };
  }

  read(line: string): void {
    if (line.trim() === "" || /^-{2,}$/.test(line)) return;
    if (!this.#below(line) && !this.#withPath(line) && !this.#ofOnly(line)) this.#alone(line);
  }

  /** `Line 2: text` and `L2: text`, below the name of their file. */
  #below(line: string): boolean {
    const [, number, text] = /^ *L(?:ine )?(\d+): ?(.*)$/.exec(line) ?? [];
    if (text === undefined || this.#current === null) return false;
    this.#hit(this.#current, { line: Number(number), text });
    return true;
  }

  /** `path:2:text`, and `path-1-text` for a line around it. */
  #withPath(line: string): boolean {
    const [, path, number, text] =
      /^([^:\n]{1,500}|[A-Za-z]:[^:\n]{1,500}):(\d+):(.*)$/.exec(line) ?? [];
    if (path !== undefined && text !== undefined) {
      this.#hit(path, { line: Number(number), text });
      this.#current = path;
      return true;
    }
    const [, around, at, beside] = /^(.{1,500}?)-(\d+)-(.*)$/.exec(line) ?? [];
    if (around === undefined || beside === undefined || around !== this.#current) return false;
    this.#hit(around, { line: Number(at), text: beside, around: true });
    return true;
  }

  /** `2:text`, where one file was searched. */
  #ofOnly(line: string): boolean {
    const [, number, text] = /^(\d+)[:-](.*)$/.exec(line) ?? [];
    if (text === undefined || this.#only === undefined) return false;
    this.#hit(this.#only, { line: Number(number), text });
    return true;
  }

  /** A name above lines of it, a name with a count, a name alone, or a remark. */
  #alone(line: string): void {
    const name = /^(?:File: (.+)|(\S.*):)$/.exec(line);
    const [, counted, count] = /^(\S[^:]*):(\d+)$/.exec(line) ?? [];
    if (REMARK.test(line)) this.#remarks.push(line);
    else if (counted !== undefined) this.#file(counted).count = Number(count);
    else {
      this.#current = name?.[1] ?? name?.[2] ?? line.trim();
      this.#file(this.#current);
    }
  }

  #hit(path: string, hit: Hit): void {
    this.#file(path).hits.push(hit);
  }

  #file(path: string) {
    const held = this.#files.get(path) ?? { hits: [] };
    this.#files.set(path, held);
    return held;
  }
}
