import { useMemo, useRef } from "react";
import { held as heldInPlace } from "../../attention/hold";
import type { Section } from "../../attention/sections";

/**
 * The sections in order, or as they were while somebody points at them. `choice` names what the
 * person asked to see: another choice is shown at once.
 */
export function useHeldSections(
  sections: readonly Section[],
  held: boolean,
  choice: string,
): readonly Section[] {
  const shown = useRef({ choice, sections });
  return useMemo(() => {
    const keeps = held && shown.current.choice === choice;
    const next = keeps ? heldInPlace(shown.current.sections, sections) : sections;
    shown.current = { choice, sections: next };
    return next;
  }, [sections, held, choice]);
}
