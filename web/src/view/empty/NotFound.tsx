import { PageLink } from "../common/PlaceLink";
export function NotFound() {
  return (
    <main className="message">
      <h1>There is no such page</h1>
      <PageLink to="/" className="button">
        Go to the overview
      </PageLink>
    </main>
  );
}
