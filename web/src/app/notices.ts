import { Store } from "../store/store";

export interface Notice {
  readonly text: string;
  readonly tone: "good" | "bad";
  /** What can be done about it while it is shown. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The one line at the foot of the page that says how an action went. */
export const notices = new Store<Notice | null>(null, queueMicrotask);

const GOOD_MS = 3_000;
/** Time to read it and to decide. */
const LONG_MS = 12_000;

export function notify(text: string, tone: Notice["tone"], action?: Notice["action"]): void {
  const notice: Notice = action === undefined ? { text, tone } : { text, tone, action };
  notices.change(() => notice);
  const clear = () => notices.change((held) => (held === notice ? null : held));
  setTimeout(clear, tone === "good" && action === undefined ? GOOD_MS : LONG_MS);
}

export function dismissNotice(): void {
  notices.change(() => null);
}
