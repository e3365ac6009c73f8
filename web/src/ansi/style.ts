/** One of the sixteen named colours by its number, or any other as `#rrggbb`. */
export type Colour = number | string;

/** How a piece of a terminal's text looks; what is absent is as usual. */
export interface Style {
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
}

export const PLAIN: Style = {};

const ON: Readonly<Record<number, keyof Style>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
  7: "inverse",
  9: "strike",
  21: "underline",
};

const OFF: Readonly<Record<number, readonly (keyof Style)[]>> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["strike"],
  39: ["fg"],
  49: ["bg"],
};

/**
 * The style after `ESC [ params m`. What is not known changes nothing; hidden text (8) stays to be
 * seen, since nothing that an agent printed may hide from its reader.
 */
export function restyled(style: Style, params: string): Style {
  const codes = params.split(";");
  let next = style;
  for (let at = 0; at < codes.length; at++) {
    const [code = 0, ...sub] = (codes[at] ?? "").split(":").map(Number);
    if (code === 38 || code === 48) {
      const from = sub.length > 0 ? sub : codes.slice(at + 1).map(Number);
      const { colour, used } = extended(from, sub.length > 0);
      if (sub.length === 0) at += used;
      if (colour !== null) next = { ...next, [code === 38 ? "fg" : "bg"]: colour };
    } else next = simple(next, code, sub[0]);
  }
  return next;
}

function simple(style: Style, code: number, sub: number | undefined): Style {
  if (code === 0) return PLAIN;
  // `4:0` is no underline, `4:3` a wavy one.
  if (code === 4 && sub === 0) return without(style, ["underline"]);
  const on = ON[code];
  if (on !== undefined) return { ...style, [on]: true };
  const off = OFF[code];
  if (off !== undefined) return without(style, off);
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 };
  return style;
}

function without(style: Style, keys: readonly (keyof Style)[]): Style {
  return Object.fromEntries(
    Object.entries(style).filter(([key]) => !keys.includes(key as keyof Style)),
  );
}

/** `5;n` or `2;r;g;b`, and how many numbers that took. Between colons a colour space may come first. */
function extended(numbers: readonly number[], colons: boolean) {
  const [how, ...rest] = numbers;
  if (how === 5) return { colour: indexed(rest[0]), used: 2 };
  if (how !== 2) return { colour: null, used: 1 };
  const parts = colons && rest.length > 3 ? rest.slice(1, 4) : rest.slice(0, 3);
  return { colour: rgb(parts), used: 4 };
}

function indexed(index: number | undefined): Colour | null {
  if (index === undefined || !Number.isInteger(index) || index < 0 || index > 255) return null;
  if (index < 16) return index;
  if (index >= 232) return rgb(Array(3).fill(8 + (index - 232) * 10));
  const cube = index - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return rgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level));
}

function rgb(parts: readonly number[]): Colour | null {
  const isByte = (part: number) => Number.isInteger(part) && part >= 0 && part <= 255;
  if (parts.length < 3 || !parts.every(isByte)) return null;
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
