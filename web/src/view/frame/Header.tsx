import type { ReactNode } from "react";
import { PageLink } from "../common/PlaceLink";
import mark from "./mark.svg";
import { Settings } from "./Settings";

interface Props {
  path: string;
  connection: ReactNode;
  onHelp: () => void;
}

const PLACES = [
  { href: "/", label: "Overview" },
  { href: "/board", label: "Board" },
  { href: "/bookmarks", label: "Bookmarks" },
  { href: "/attach", label: "Attach" },
];

export function Header({ path, connection, onHelp }: Props) {
  return (
    <header className="header">
      <PageLink to="/" className="brand">
        <img src={mark} alt="" width="20" height="20" />
        <span>Agent Tracer</span>
      </PageLink>
      <nav className="places" aria-label="Places">
        {PLACES.map(({ href, label }) => (
          <PageLink key={href} to={href} aria-current={path === href ? "page" : undefined}>
            {label}
          </PageLink>
        ))}
      </nav>
      <div className="header-end">
        {connection}
        <Settings />
        <button
          type="button"
          className="icon-button"
          aria-label="Keys and lanes"
          title="Keys and lanes (?)"
          onClick={onHelp}
        >
          ?
        </button>
      </div>
    </header>
  );
}
