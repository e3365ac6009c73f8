/** A word of the query that begins a word of the text counts more than one inside it. */
const AT_START = 3;
const INSIDE = 1;

/**
 * How well a text fits a query: all its words must occur, in whatever case and order. 0: not at all.
 */
export function fitOf(text: string, query: string): number {
  const folded = text.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  let sum = 1;
  for (const word of words) {
    const at = folded.indexOf(word);
    if (at < 0) return 0;
    const starts = at === 0 || folded.includes(` ${word}`);
    sum += starts ? AT_START : INSIDE;
  }
  return sum;
}

/** Those that fit, the best first; of equals the first stays first. */
export function fitting<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, fit: fitOf(textOf(item), query) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ item }) => item);
}
