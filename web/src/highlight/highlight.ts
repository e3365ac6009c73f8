import { grammarOf, type Language } from "./languages";
import { type Token, tokenLines } from "./tokens";

/** Longer than this a text stays plain: colours are not worth a page that waits. */
export const LONGEST = 60_000;

/** The text as lines of coloured words; null where it stays plain. The text must be plain already. */
export async function highlighted(text: string, language: Language): Promise<Token[][] | null> {
  if (text.length > LONGEST) return null;
  const [lowlight, grammar] = await Promise.all([highlighter(), grammarOf(language)]);
  if (!lowlight.registered(language)) lowlight.register(language, grammar.default);
  return tokenLines(lowlight.highlight(language, text));
}

let loaded: ReturnType<typeof load> | undefined;

function highlighter() {
  loaded ??= load();
  return loaded;
}

async function load() {
  const { createLowlight } = await import("lowlight");
  return createLowlight();
}
