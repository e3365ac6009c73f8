// Everything an agent sends is shown as text, but text can still lie: terminal escapes hide words,
// direction controls turn them round, invisible characters split them. All of them are made visible
// or taken out here, and every view passes agent text through here.

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ANSI =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const LINE_BREAKS = /[\r\n\u2028\u2029]+/g;

/** Text as it may be shown, with its line breaks. */
export function plain(text: string): string {
  return visible(text.replace(ANSI, "").replace(/\r\n?|[\u2028\u2029]/g, "\n"));
}

/** The same for text whose escapes and line breaks somebody else has read already. */
export function visible(text: string): string {
  return text.replace(CONTROL, codePoint).replace(INVISIBLE, codePoint);
}

/** Text for one line; at most `max` characters of it, for no row shows more. */
export function plainLine(text: string, max = 400): string {
  const head = text.length > max * 4 ? text.slice(0, max * 4) : text;
  const line = plain(head.trim().replace(LINE_BREAKS, " ")).replace(/\s+/g, " ");
  return line.length > max ? `${line.slice(0, max)}…` : line;
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
