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

/** Runs when other colours are shown: another theme was chosen, or the system's is followed and turned. */
export function onThemeChange(run: () => void): () => void {
  const chosen = new MutationObserver(run);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia?.("(prefers-color-scheme: dark)");
  system?.addEventListener("change", run);
  return () => {
    chosen.disconnect();
    system?.removeEventListener("change", run);
  };
}
