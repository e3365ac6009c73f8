import { Link } from "wouter";

export function NotFound() {
  return (
    <main className="message">
      <h1>There is no such page</h1>
      <Link href="/" className="button">
        Go to the overview
      </Link>
    </main>
  );
}
