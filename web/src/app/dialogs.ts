import { Store } from "../store/store";
import type { Bookmark } from "../wire.gen";

/** What is asked or told in front of the page. */
export type Dialog =
  | { readonly kind: "palette" }
  | { readonly kind: "help" }
  | { readonly kind: "clean" }
  | { readonly kind: "note"; readonly bookmark: Bookmark };

/** One at a time. */
export const dialogs = new Store<Dialog | null>(null, queueMicrotask);

export function showDialog(dialog: Dialog): void {
  dialogs.change(() => dialog);
}

/** Closes that one, unless another has taken its place already. */
export function closeDialog(dialog: Dialog): void {
  dialogs.change((shown) => (shown === dialog ? null : shown));
}
