import { Store } from "../store/store";

export interface Notice {
  readonly text: string;
  readonly tone: "good" | "bad";
}

/** The one line at the foot of the page that says how an action went. */
export const notices = new Store<Notice | null>(null, queueMicrotask);

const GOOD_MS = 3_000;
const BAD_MS = 10_000;

export function notify(text: string, tone: Notice["tone"]): void {
  const notice: Notice = { text, tone };
  notices.change(() => notice);
  const clear = () => notices.change((held) => (held === notice ? null : held));
  setTimeout(clear, tone === "good" ? GOOD_MS : BAD_MS);
}

export function dismissNotice(): void {
  notices.change(() => null);
}
