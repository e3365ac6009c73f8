export type Command =
  | "next-event"
  | "previous-event"
  | "next-task"
  | "previous-task"
  | "search"
  | "bookmark"
  | "close"
  | "help"
  | "overview"
  | "bookmarks"
  | "latest"
  | "next-prompt"
  | "previous-prompt"
  | "open"
  | "shut"
  | "toggle"
  | "view";

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const SINGLE: Readonly<Record<string, Command>> = {
  J: "next-prompt",
  K: "previous-prompt",
  ArrowRight: "open",
  ArrowLeft: "shut",
  Enter: "toggle",
  v: "view",
  j: "next-event",
  ArrowDown: "next-event",
  k: "previous-event",
  ArrowUp: "previous-event",
  "]": "next-task",
  "[": "previous-task",
  "/": "search",
  b: "bookmark",
  Escape: "close",
  "?": "help",
  G: "latest",
  End: "latest",
};

const AFTER_G: Readonly<Record<string, Command>> = { o: "overview", b: "bookmarks" };

/** How long after `g` a second key still belongs to it. */
const PAIR_MS = 1_000;

/** Reads keys one by one; remembers only whether a `g` came just before. */
export class KeyReader {
  #gAt = Number.NEGATIVE_INFINITY;

  read(press: KeyPress, at: number): Command | null {
    if (press.ctrlKey || press.metaKey || press.altKey) return null;
    const afterG = at - this.#gAt <= PAIR_MS;
    this.#gAt = press.key === "g" && !afterG ? at : Number.NEGATIVE_INFINITY;
    return (afterG ? AFTER_G[press.key] : undefined) ?? SINGLE[press.key] ?? null;
  }
}

/** Whether the key does something there by itself: Enter follows a link and presses a button. */
export function isOwnKey({ key, target }: { key: string; target: EventTarget | null }): boolean {
  if (!(target instanceof Element)) return false;
  return key === "Enter" && target.closest("a, button, summary") !== null;
}

/** Whether keys go into text there, and so are no commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
