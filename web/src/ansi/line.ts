import { PLAIN, type Style } from "./style";

/** Text of one look. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** A line of a terminal while it is written: what is written over is gone, as on a screen. */
export class Line {
  #spans: Span[] = [];
  #length = 0;
  #column = 0;

  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** To a column, counted from 0; a line is never longer than what was written into it. */
  moveTo(column: number): void {
    this.#column = Math.max(0, Math.min(column, this.#length));
  }

  back(): void {
    this.moveTo(this.#column - 1);
  }

  write(text: string, style: Style): void {
    const span = { text, style };
    const end = this.#column + text.length;
    if (this.#column === this.#length) this.#append(span);
    else {
      const old = this.#spans;
      this.#spans = joined([...slice(old, 0, this.#column), span, ...slice(old, end)]);
      this.#length = Math.max(this.#length, end);
    }
    this.#column = end;
  }

  /** `ESC [ n K`: to the end, to the beginning, or all of it. */
  erase(how: number): void {
    const keep = how === 0 ? this.#column : 0;
    const rest = how === 1 ? slice(this.#spans, this.#column) : [];
    const blank = how === 1 && this.#column > 0 ? " ".repeat(this.#column) : "";
    const head = how === 1 ? [{ text: blank, style: PLAIN }] : slice(this.#spans, 0, keep);
    this.#spans = joined([...head, ...rest]);
    this.#length = this.#spans.reduce((sum, { text }) => sum + text.length, 0);
    this.moveTo(this.#column);
  }

  #append(span: Span): void {
    const last = this.#spans.at(-1);
    if (last?.style === span.style) {
      this.#spans[this.#spans.length - 1] = { text: last.text + span.text, style: span.style };
    } else this.#spans.push(span);
    this.#length += span.text.length;
  }
}

function slice(spans: readonly Span[], from: number, to = Number.POSITIVE_INFINITY): Span[] {
  const cut: Span[] = [];
  let at = 0;
  for (const { text, style } of spans) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part !== "") cut.push({ text: part, style });
    at += text.length;
  }
  return cut;
}

function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (span.text === "") continue;
    if (last?.style === span.style) {
      out[out.length - 1] = { text: last.text + span.text, style: span.style };
    } else out.push(span);
  }
  return out;
}
