import { faviconWith } from "../attention/favicon";

/** The tab's own words and picture: who needs a person, and what is on the screen. */
export class Badge {
  #place = "Agent Tracer";
  #count = 0;

  setPlace(place: string): void {
    this.#place = place;
    this.#show();
  }

  setCount(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#show();
    icon().href = faviconWith(count);
  }

  #show(): void {
    const title = this.#count > 0 ? `(${this.#count}) ${this.#place}` : this.#place;
    if (document.title !== title) document.title = title;
  }
}

function icon(): HTMLLinkElement {
  const held = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (held !== null) return held;
  const made = Object.assign(document.createElement("link"), { rel: "icon" });
  document.head.append(made);
  return made;
}
