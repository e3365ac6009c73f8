import mark from "../view/frame/mark.svg?raw";

// A browser shows it beside its own colours, light or dark, where none of the page's apply: the ring
// around the dot is cut out of the mark, so that it stands off from it on any of them.
const DOT = "#d9480f";
const ON_DOT = "#ffffff";

const NAMED_MAX = 9;

/** The mark, with how many need a person where somebody does. */
export function faviconWith(count: number): string {
  return `data:image/svg+xml,${encodeURIComponent(count > 0 ? marked(count) : mark)}`;
}

function marked(count: number): string {
  const text = count > NAMED_MAX ? "9+" : String(count);
  const size = text.length > 1 ? 9.5 : 12;
  const dot = `<circle cx="16.500" cy="7.500" r="7.500" fill="${DOT}"/>`;
  const number = `<text x="16.5" y="${7.5 + size * 0.36}" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" fill="${ON_DOT}">${text}</text>`;
  const ring = `<mask id="m"><rect width="24" height="24" fill="#fff"/><circle cx="16.500" cy="7.500" r="9" fill="#000"/></mask>`;
  const [open, shapes] = split(mark);
  return `${open}${ring}<g mask="url(#m)">${shapes}</g>${dot}${number}</svg>`;
}

/** The opening tag and what is inside of it. */
function split(svg: string): [string, string] {
  const end = svg.indexOf(">") + 1;
  return [svg.slice(0, end), svg.slice(end, svg.lastIndexOf("</svg>"))];
}
