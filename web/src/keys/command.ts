import { ALL, type Command, infoOf } from "./commands";

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const BY_KEYS = new Map<string, Command>(
  ALL.flatMap((command) => (infoOf(command).keys ?? []).map((keys) => [keys, command] as const)),
);

/** How long after `g` a second key still belongs to it. */
const PAIR_MS = 1_000;

/** Reads keys one by one; remembers only whether a `g` came just before. */
export class KeyReader {
  #gAt = Number.NEGATIVE_INFINITY;

  read(press: KeyPress, at: number): Command | null {
    if (press.altKey) return null;
    if (isModified(press)) return BY_KEYS.get(`Mod+${press.key.toLowerCase()}`) ?? null;
    const afterG = at - this.#gAt <= PAIR_MS;
    this.#gAt = press.key === "g" && !afterG ? at : Number.NEGATIVE_INFINITY;
    const pair = afterG ? BY_KEYS.get(`g ${press.key}`) : undefined;
    return pair ?? BY_KEYS.get(press.key) ?? null;
  }
}

/** With Ctrl, or with ⌘, which other browsers use for the same. */
export function isModified({ ctrlKey, metaKey }: KeyPress): boolean {
  return ctrlKey || metaKey;
}

/**
 * Whether the key does something there by itself: Enter follows a link and presses a button, the
 * arrows and End scroll a text that has a box of its own.
 */
export function isOwnKey({ key, target }: { key: string; target: EventTarget | null }): boolean {
  if (!(target instanceof Element)) return false;
  if (key === "Enter") return target.closest("a, button, summary") !== null;
  return SCROLLING.has(key) && target.matches("[data-scrolls]");
}

const SCROLLING: ReadonlySet<string> = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "End",
]);

/** Whether keys go into text there, and so are no commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
