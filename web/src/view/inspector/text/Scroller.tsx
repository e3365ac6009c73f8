import type { ReactNode } from "react";
import { useWrap } from "./wrap";

interface Props {
  label: string;
  className?: string;
  children: ReactNode;
}

/** The box of a long text. It scrolls by itself, so that what is below it stays in reach. */
export function Scroller({ label, className = "", children }: Props) {
  const [wrap] = useWrap();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      className={`scroller ${className}`}
      data-wrap={wrap}
      data-scrolls
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
      tabIndex={0}
    >
      {children}
    </div>
  );
}
