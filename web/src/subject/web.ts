import type { Event } from "../wire.gen";
import { inputOf, known, textOf } from "./read";

/** A search of the web, or a page that was fetched. */
export interface WebLookup {
  readonly query?: string;
  readonly url?: string;
  /** What the agent wanted to know of the page. */
  readonly prompt?: string;
  readonly answer?: string;
}

export function webLookupOf(event: Event): WebLookup | null {
  const { metadata } = event;
  if (metadata.subtypeKey !== "web_search" && metadata.subtypeKey !== "web_fetch") return null;
  const input = inputOf(event);
  return known<WebLookup>({
    query: textOf(input, "query"),
    url: textOf(input, "url"),
    prompt: textOf(input, "prompt"),
    answer: textOf(metadata, "output"),
  });
}
