import type { ReactNode } from "react";
import { Link } from "wouter";
import mark from "./mark.svg";
import { ThemeToggle } from "./ThemeToggle";

interface Props {
  path: string;
  connection: ReactNode;
  onHelp: () => void;
}

const PLACES = [
  { href: "/", label: "Overview" },
  { href: "/bookmarks", label: "Bookmarks" },
  { href: "/attach", label: "Attach" },
];

export function Header({ path, connection, onHelp }: Props) {
  return (
    <header className="header">
      <Link href="/" className="brand">
        <img src={mark} alt="" width="20" height="20" />
        <span>Agent Tracer</span>
      </Link>
      <nav className="places" aria-label="Places">
        {PLACES.map(({ href, label }) => (
          <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <div className="header-end">
        {connection}
        <ThemeToggle />
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
