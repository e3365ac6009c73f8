import type { ReactNode } from "react";
import { plainLine } from "../../../format/plain";
import { isWebAddress } from "../../../markdown/inline";

interface Props {
  href: string;
  /** What its text says, to see whether that names where it leads. */
  says: string;
  children: ReactNode;
}

/** A link that leaves the page. Where it leads is always to be read: its text is somebody else's. */
export function OutsideLink({ href, says, children }: Props) {
  if (!isWebAddress(href)) return children;
  const { host } = new URL(href);
  return (
    <>
      <a
        className="outside"
        href={href}
        target="_blank"
        rel="noreferrer noopener"
        title={plainLine(href)}
      >
        {children}
      </a>
      {says !== href && <span className="outside-host"> {plainLine(host, 60)}</span>}
    </>
  );
}
