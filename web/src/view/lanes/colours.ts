import { LANES } from "../../event/lanes";

/** The colours of the page as a canvas takes them. */
export interface Colours {
  readonly lanes: readonly string[];
  readonly line: string;
  readonly strong: string;
  readonly text: string;
  readonly faint: string;
  readonly accent: string;
  readonly bad: string;
  readonly waiting: string;
  readonly surface: string;
  readonly sunken: string;
}

/** Reads them from the style of an element: they differ by theme, and the theme may change. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = element.ownerDocument.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    lanes: LANES.map(({ id }) => read(`lane-${id}`)),
    line: read("line"),
    strong: read("line-strong"),
    text: read("text"),
    faint: read("text-3"),
    accent: read("accent"),
    bad: read("bad"),
    waiting: read("waiting"),
    surface: read("surface"),
    sunken: read("sunken"),
  };
  probe.remove();
  return colours;
}
