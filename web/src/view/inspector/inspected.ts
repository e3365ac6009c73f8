import { createContext, useContext } from "react";
import { textAt } from "../../event/texts";
import type { Event } from "../../wire.gen";

/** The event that is looked at, for whatever shows a part of it. */
export interface Inspected {
  readonly event: Event;
  /** Whether more of its texts is on the way already. */
  readonly reading: boolean;
  /** Reads all of its texts. */
  readonly readAll: () => Promise<Event>;
}

export const InspectedContext = createContext<Inspected | null>(null);

export function useInspected(): Inspected {
  const inspected = useContext(InspectedContext);
  if (inspected === null) throw new Error("a part of an event was shown without one");
  return inspected;
}

/** The whole text at a place of the event, read first if only its beginning is here. */
export async function wholeText({ readAll }: Inspected, field: string): Promise<string> {
  return textAt(await readAll(), field) ?? "";
}
