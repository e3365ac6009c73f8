import { useMemo, useState } from "react";
import { byteCount, counted } from "../../../format/number";
import { lineCount, type Part, withNext } from "../../../text/parts";

interface Shown {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A text in the parts that are shown of it, and the way to the next one. */
export function useParts(text: string) {
  const [shown, setShown] = useState<Shown>(() => ({ text, parts: withNext(text, []) }));
  // What is already shown of a text that only grew stays shown.
  const parts = shown.text === text ? shown.parts : again(text, shown.parts.length);
  if (shown.text !== text) setShown({ text, parts });
  const total = useMemo(() => lineCount(text), [text]);
  return {
    parts,
    more: () => setShown({ text, parts: withNext(text, parts) }),
    /** How much is not shown yet, in words. */
    rest: restOf(text, parts.at(-1), total),
  };
}

/** In lines, as long as there are any. */
function restOf(text: string, last: Part | undefined, total: number): string | null {
  if (last === undefined || last.end >= text.length) return null;
  const lines = total - last.firstLine - lineCount(last.text);
  return lines > 0 ? counted(lines, "line") : byteCount(text.length - last.end);
}

function again(text: string, count: number): readonly Part[] {
  let parts: readonly Part[] = [];
  for (let part = 0; part < count; part++) parts = withNext(text, parts);
  return parts;
}
