import { visible } from "../format/plain";
import { Line, type Span } from "./line";
import { PLAIN, restyled, type Style } from "./style";

export interface Screen {
  readonly lines: readonly (readonly Span[])[];
  /** The style that goes on behind the last line. */
  readonly style: Style;
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
const TOKEN =
  /\u001b\[([0-?]*)[ -/]*([@-~])|\u001b(?:[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-Z\\^-~])|[\n\u2028\u2029]|\r|\u0008|[^\u001b\r\n\u2028\u2029\u0008]+|\u001b/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they are what is looked for

const LINE_ENDS: ReadonlySet<string> = new Set(["\n", "\u2028", "\u2029"]);

/**
 * What a terminal would have shown, as lines of styled text. Colours and weights are kept, writing
 * over a line is done (so that a progress bar is its last state), every other escape is dropped.
 */
export function readScreen(text: string, style: Style = PLAIN): Screen {
  const lines = [new Line()];
  let current = style;
  for (const [token, params, command] of text.matchAll(TOKEN)) {
    const line = lines[lines.length - 1] as Line;
    if (command === "m") current = restyled(current, params ?? "");
    else if (command !== undefined) move(line, command, params ?? "");
    else if (token === "\r") line.moveTo(0);
    else if (token === "\b") line.back();
    else if (LINE_ENDS.has(token)) lines.push(new Line());
    else if (token[0] !== "\u001b" || token.length === 1) line.write(visible(token), current);
  }
  return { lines: lines.map(({ spans }) => spans), style: current };
}

function move(line: Line, command: string, params: string): void {
  const count = Number.parseInt(params, 10) || 0;
  if (command === "K") line.erase(count);
  if (command === "G") line.moveTo(Math.max(1, count) - 1);
}
