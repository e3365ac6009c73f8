import type { ReactNode } from "react";

interface Props {
  name: ReactNode;
  /** Beside the name: counts, and buttons. */
  tools?: ReactNode;
  tone?: "bad" | "waiting";
  children: ReactNode;
}

/** A part of the inspector under its own heading. */
export function Block({ name, tools, tone, children }: Props) {
  return (
    <section className={tone === undefined ? "block" : `block tone-${tone}`}>
      <div className="block-head">
        <h3>{name}</h3>
        <span className="spacer" />
        {tools}
      </div>
      {children}
    </section>
  );
}
