/** Which rows exist in the document: from `first` up to, and without, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
  /** Elements that rows share among them: never fewer than rows that exist at once. */
  readonly slots: number;
}

interface View {
  readonly count: number;
  readonly rowPx: number;
  /** How high the view is. */
  readonly height: number;
  /** How far down it is scrolled; null: it is at the end and stays there. */
  readonly top: number | null;
}

/** Rows beyond either edge, so that scrolling shows no blank. */
const SPARE = 10;
/** While the end is followed nobody scrolls. */
const SPARE_AT_END = 2;

export function windowOf({ count, rowPx, height, top }: View): RowWindow {
  const fits = Math.ceil(height / rowPx) + 1;
  const slots = fits + 2 * SPARE;
  if (top === null) return { first: Math.max(0, count - fits - SPARE_AT_END), end: count, slots };
  // What the view was scrolled to may be more than there still is.
  const at = Math.max(0, Math.min(Math.floor(top / rowPx), count - fits + 1));
  return { first: Math.max(0, at - SPARE), end: Math.min(count, at + fits + SPARE), slots };
}
