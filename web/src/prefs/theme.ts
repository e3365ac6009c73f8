import { store, stored } from "./stored";

export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const KEY = "agent-tracer.theme";

/** The stored choice; `system` where none was made. */
export function storedTheme(): Theme {
  const text = stored(KEY);
  return THEMES.find((theme) => theme === text) ?? "system";
}

/** Shows a theme; the style sheet does the rest. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

export function storeTheme(theme: Theme): void {
  store(KEY, theme);
}
