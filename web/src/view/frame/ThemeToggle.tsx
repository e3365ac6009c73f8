import { useState } from "react";
import { showTheme, storedTheme, storeTheme, THEMES, type Theme } from "../../prefs/theme";
import { IconButton } from "../common/IconButton";

const ICONS = { system: "system", light: "sun", dark: "moon" } as const;

/** Goes through system, light and dark. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const choose = () => {
    setTheme(next);
    showTheme(next);
    storeTheme(next);
  };
  return (
    <IconButton icon={ICONS[theme]} label={`Theme: ${theme}. Switch to ${next}`} onClick={choose} />
  );
}
