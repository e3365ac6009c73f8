import { type Inline, readInline } from "./inline";

/** A part of a text as people and agents write them. */
export type Block =
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "list"; readonly first: number | null; readonly items: readonly Item[] }
  | { readonly kind: "table"; readonly head: Cells; readonly rows: readonly Cells[] }
  | { readonly kind: "rule" };

type Cells = readonly (readonly Inline[])[];

export interface Item {
  /** For an item with a box to tick. */
  readonly done?: boolean;
  readonly blocks: readonly Block[];
}

/** Deeper than this, lists and quotes are shown as they were written. */
const DEEPEST = 6;

const FENCE = /^( *)(`{3,}|~{3,}) *([^\s`]*)/;
const HEADING = /^ {0,3}(#{1,6}) (.*)$/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +)(.*)$/;
const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;

/** Reads the small part of Markdown that agents write. The text must be plain already. */
export function readBlocks(text: string): Block[] {
  return new Reader(text.replaceAll("\t", "    ").split("\n"), 0).read();
}

class Reader {
  readonly #lines: readonly string[];
  readonly #depth: number;
  readonly #out: Block[] = [];
  #at = 0;
  #text = -1;

  constructor(lines: readonly string[], depth: number) {
    this.#lines = lines;
    this.#depth = depth;
  }

  read(): Block[] {
    while (this.#at < this.#lines.length) {
      if (this.#line.trim() === "") this.#at++;
      else this.#out.push(this.#block());
    }
    return this.#out;
  }

  get #line(): string {
    return this.#lines[this.#at] ?? "";
  }

  #block(): Block {
    return (
      this.#fenced() ??
      this.#heading() ??
      this.#rule() ??
      (this.#depth < DEEPEST ? (this.#quote() ?? this.#list()) : null) ??
      this.#table() ??
      this.#paragraph()
    );
  }

  #fenced(): Block | null {
    const [opening, indent = "", fence = "", language = ""] = FENCE.exec(this.#line) ?? [];
    if (opening === undefined) return null;
    const lines: string[] = [];
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line;
      if (line.trim().startsWith(fence) && line.trim().replaceAll(fence[0] ?? "", "") === "") break;
      lines.push(line.startsWith(indent) ? line.slice(indent.length) : line.trimStart());
    }
    this.#at++;
    return { kind: "code", language, text: lines.join("\n") };
  }

  #heading(): Block | null {
    const [whole, marks = "", text = ""] = HEADING.exec(this.#line) ?? [];
    if (whole === undefined) return null;
    this.#at++;
    return { kind: "heading", level: marks.length, content: readInline(withoutMarks(text)) };
  }

  #rule(): Block | null {
    if (!RULE.test(this.#line)) return null;
    this.#at++;
    return { kind: "rule" };
  }

  #quote(): Block | null {
    const lines: string[] = [];
    while (/^ {0,3}>/.test(this.#line)) {
      lines.push(this.#line.replace(/^ {0,3}> ?/, ""));
      this.#at++;
    }
    if (lines.length === 0) return null;
    return { kind: "quote", blocks: new Reader(lines, this.#depth + 1).read() };
  }

  #list(): Block | null {
    const first = ITEM.exec(this.#line);
    if (first === null || RULE.test(this.#line)) return null;
    const ordered = isOrdered(first);
    const items: Item[] = [];
    for (let item = first as RegExpExecArray | null; item !== null; item = this.#nextItem(first)) {
      items.push(this.#item(item));
    }
    return { kind: "list", first: ordered ? Number.parseInt(first[2] ?? "1", 10) : null, items };
  }

  /** The next item of the same list; blank lines between items are usual. */
  #nextItem(first: RegExpExecArray): RegExpExecArray | null {
    const at = this.#nextText(this.#at);
    const next = ITEM.exec(this.#lines[at] ?? "");
    const depth = (item: RegExpExecArray) => item[1]?.length ?? 0;
    if (next === null || isOrdered(next) !== isOrdered(first)) return null;
    if (Math.abs(depth(next) - depth(first)) > 1 || RULE.test(this.#lines[at] ?? "")) return null;
    this.#at = at;
    return next;
  }

  #item([, indent = "", mark = "", space = "", text = ""]: RegExpExecArray): Item {
    const width = indent.length + mark.length + Math.min(space.length, 4);
    const [box, ticked] = /^\[([ xX])\] +/.exec(text) ?? [];
    const lines = [box === undefined ? text : text.slice(box.length)];
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line;
      if (line.trim() === "" ? !this.#goesOn(indent.length) : !this.#belongs(line, indent.length))
        break;
      lines.push(line.slice(Math.min(width, line.length - line.trimStart().length)));
    }
    const blocks = new Reader(lines, this.#depth + 1).read();
    return ticked === undefined ? { blocks } : { done: ticked !== " ", blocks };
  }

  /** A line inside an item, or one that simply goes on with its text. */
  #belongs(line: string, indent: number): boolean {
    if (depthOf(line) > indent) return true;
    const before = this.#lines[this.#at - 1] ?? "";
    return before.trim() !== "" && !begins(line);
  }

  #goesOn(indent: number): boolean {
    return depthOf(this.#lines[this.#nextText(this.#at)] ?? "") > indent + 1;
  }

  /** Where the next line with text is. It is found once for all the blank lines before it. */
  #nextText(from: number): number {
    if (this.#text < from) {
      this.#text = from;
      while (this.#text < this.#lines.length && this.#lines[this.#text]?.trim() === "")
        this.#text++;
    }
    return this.#text;
  }

  #table(): Block | null {
    const divider = this.#lines[this.#at + 1] ?? "";
    if (!this.#line.includes("|") || !isDivider(divider)) return null;
    const head = cells(this.#line);
    const rows: Cells[] = [];
    for (this.#at += 2; this.#line.includes("|"); this.#at++) {
      rows.push(cells(this.#line).slice(0, head.length));
    }
    return { kind: "table", head, rows };
  }

  #paragraph(): Block {
    const lines = [this.#line];
    for (this.#at++; this.#line.trim() !== "" && !begins(this.#line); this.#at++) {
      lines.push(this.#line);
    }
    return { kind: "paragraph", content: readInline(lines.join("\n").trimEnd()) };
  }
}

/** Whether a line begins something that is no paragraph. */
function begins(line: string): boolean {
  return [FENCE, HEADING, ITEM, RULE, /^ {0,3}>/].some((block) => block.test(line));
}

/** A heading's text without the marks that some put behind it. */
function withoutMarks(text: string): string {
  const trimmed = text.trim();
  const marks = /(?:^| )#+$/.exec(trimmed.slice(-10))?.[0] ?? "";
  return trimmed.slice(0, trimmed.length - marks.length).trimEnd();
}

/** The line below a table's head: dashes between bars. */
function isDivider(line: string): boolean {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return line.includes("|") && inner.split("|").every((cell) => /^:?-+:?$/.test(cell.trim()));
}

const depthOf = (line: string) => line.length - line.trimStart().length;
const isOrdered = (item: RegExpExecArray) => /^\d/.test(item[2] ?? "");

function cells(line: string): Cells {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(^|[^\\])\|$/, "$1");
  return inner.split(/(?<!\\)\|/).map((cell) => readInline(cell.trim().replaceAll("\\|", "|")));
}
