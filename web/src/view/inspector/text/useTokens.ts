import { useEffect, useState } from "react";
import { highlighted } from "../../../highlight/highlight";
import type { Language } from "../../../highlight/languages";
import type { Token } from "../../../highlight/tokens";

interface Coloured {
  readonly text: string;
  readonly lines: readonly (readonly Token[])[] | null;
}

/** The coloured lines of a text, once there are any: until then, and for some for ever, it is plain. */
export function useTokens(text: string, language: Language | null) {
  const [coloured, setColoured] = useState<Coloured | null>(null);
  useEffect(() => {
    let wanted = true;
    if (language === null) return;
    // Colours that cannot be had are no loss worth a word.
    highlighted(text, language).then(
      (lines) => wanted && setColoured({ text, lines }),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return coloured?.text === text ? coloured.lines : null;
}
