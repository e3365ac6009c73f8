/** A piece of a line of text. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly content: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly content: readonly Inline[] };

const DEEPEST = 4;
const ESCAPABLE = /[\\`*_{}[\]()#+\-.!|<>~]/;
const URL_HERE = /https?:\/\/[^\s<>"'`\u27e8]+/y;
const LINK_HERE =
  /!?\[([^[\]\n]{0,500})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)\)/y;

/** Reads the marks inside a paragraph; what is no mark stays the text that it is. */
export function readInline(text: string, depth = 0): readonly Inline[] {
  return new Scanner(text, depth).read();
}

/** The words of pieces, without their marks. */
export function inlineText(content: readonly Inline[]): string {
  return content
    .map((piece) => ("text" in piece ? piece.text : inlineText(piece.content)))
    .join("");
}

class Scanner {
  readonly #text: string;
  readonly #depth: number;
  readonly #out: Inline[] = [];
  /** Marks that are known to have no end behind here, so that nobody looks for it again. */
  readonly #endless = new Set<string>();
  #at = 0;
  #plain = "";

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): readonly Inline[] {
    while (this.#at < this.#text.length) {
      if (!this.#mark()) this.#take(1);
    }
    this.#flush();
    return this.#out;
  }

  /** Reads the mark that begins here, if one does. */
  #mark(): boolean {
    switch (this.#text[this.#at]) {
      case "\\":
        return this.#escape();
      case "`":
        return this.#code();
      case "*":
      case "_":
        return this.#emphasis();
      case "[":
      case "!":
        return this.#link();
      case "h":
        return this.#url();
      default:
        return false;
    }
  }

  #escape(): boolean {
    if (!ESCAPABLE.test(this.#text[this.#at + 1] ?? "")) return false;
    this.#at++;
    this.#take(1);
    return true;
  }

  #code(): boolean {
    const fence = runAt(this.#text, this.#at);
    const from = this.#at + fence.length;
    const end = this.#closing(fence, from, (at) => runAt(this.#text, at) === fence);
    if (end < 0) {
      this.#take(fence.length);
      return true;
    }
    const text = this.#text.slice(from, end);
    const padded = text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "";
    this.#put({ kind: "code", text: padded ? text.slice(1, -1) : text });
    this.#at = end + fence.length;
    return true;
  }

  #emphasis(): boolean {
    const run = runAt(this.#text, this.#at);
    const fence = run.slice(0, 2);
    const from = this.#at + fence.length;
    const opens = run.length <= 2 && this.#depth < DEEPEST && this.#canOpen(from, fence);
    const end = opens ? this.#closing(fence, from, (at) => this.#canClose(at, fence)) : -1;
    if (end < 0) {
      this.#take(run.length);
      return true;
    }
    const content = readInline(this.#text.slice(from, end), this.#depth + 1);
    this.#put({ kind: fence.length === 2 ? "strong" : "emphasis", content });
    this.#at = end + fence.length;
    return true;
  }

  #canOpen(from: number, fence: string): boolean {
    const before = this.#text[this.#at - 1] ?? " ";
    // `snake_case` is one word, and `2 * 3 * 4` a product.
    return /\S/.test(this.#text[from] ?? " ") && !(fence[0] === "_" && /\w/.test(before));
  }

  #canClose(at: number, fence: string): boolean {
    const after = this.#text[at + fence.length] ?? " ";
    if (!/\S/.test(this.#text[at - 1] ?? " ")) return false;
    // A longer run belongs to something inside.
    return after !== fence[0] && !(fence[0] === "_" && /\w/.test(after));
  }

  #closing(fence: string, from: number, fits: (at: number) => boolean): number {
    if (this.#endless.has(fence)) return -1;
    let at = this.#text.indexOf(fence, from);
    while (at >= 0) {
      if (at > from && fits(at)) return at;
      at = this.#text.indexOf(fence, at + runAt(this.#text, at).length);
    }
    this.#endless.add(fence);
    return -1;
  }

  #link(): boolean {
    LINK_HERE.lastIndex = this.#at;
    const [whole, label, target] = LINK_HERE.exec(this.#text) ?? [];
    if (whole === undefined || label === undefined || target === undefined) return false;
    if (isWebAddress(target)) {
      const shown = label === "" ? target : label;
      this.#put({ kind: "link", href: target, content: readInline(shown, DEEPEST) });
    } else this.#plain += label === target || target === "" ? label : `${label} (${target})`;
    this.#at += whole.length;
    return true;
  }

  #url(): boolean {
    URL_HERE.lastIndex = this.#at;
    const found = withoutEnd(URL_HERE.exec(this.#text)?.[0] ?? "");
    if (!isWebAddress(found)) return false;
    this.#put({ kind: "link", href: found, content: [{ kind: "text", text: found }] });
    this.#at += found.length;
    return true;
  }

  #take(count: number): void {
    this.#plain += this.#text.slice(this.#at, this.#at + count);
    this.#at += count;
  }

  #put(piece: Inline): void {
    this.#flush();
    this.#out.push(piece);
  }

  #flush(): void {
    if (this.#plain !== "") this.#out.push({ kind: "text", text: this.#plain });
    this.#plain = "";
  }
}

/** An address without the marks of the sentence that it ends. */
function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?*_)]".includes(address[end - 1] ?? "")) end--;
  return address.slice(0, end);
}

/** The same character as often as it stands here. */
function runAt(text: string, at: number): string {
  const mark = text[at];
  let end = at + 1;
  while (text[end] === mark) end++;
  return text.slice(at, end);
}

/** Whether a text is an address that may become a link: of the web, and nothing else. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  // A name before the host makes an address look like another one.
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
