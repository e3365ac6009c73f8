import type { CSSProperties } from "react";
import type { Colour, Style } from "./style";

export interface Look {
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** How a style is shown: classes for what the page has a colour for, variables for any other. */
export function lookOf(style: Style): Look {
  const [fg, bg] = style.inverse ? [style.bg, style.fg] : [style.fg, style.bg];
  const names = [
    ...(["bold", "dim", "italic", "underline", "strike"] as const).filter((name) => style[name]),
    ...(style.inverse && bg === undefined ? ["inverse"] : []),
    ...named("fg", fg),
    ...named("bg", bg),
  ];
  if (names.length === 0) return {};
  const variables = { ...variable("--fg", fg), ...variable("--bg", bg) };
  return { className: names.map((name) => `ansi-${name}`).join(" "), style: variables };
}

function named(side: "fg" | "bg", colour: Colour | undefined): string[] {
  if (colour === undefined) return [];
  return [typeof colour === "number" ? side : `${side}-any`];
}

function variable(name: string, colour: Colour | undefined): Record<string, string> {
  if (colour === undefined) return {};
  return { [name]: typeof colour === "number" ? `var(--ansi-${colour})` : colour };
}
