const LEAP = 7;

/**
 * Where a key takes the cursor; null takes it away, undefined is for keys that do nothing. It begins
 * at the newest column.
 */
export function moved(cursor: number | null, key: string, last: number): number | null | undefined {
  const from = cursor ?? last;
  const within = (index: number) => Math.min(last, Math.max(0, index));
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return within(from - 1);
    case "ArrowRight":
    case "ArrowUp":
      return within(from + 1);
    case "PageDown":
      return within(from - LEAP);
    case "PageUp":
      return within(from + LEAP);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return cursor === null ? undefined : null;
    default:
      return undefined;
  }
}
