import { useState } from "react";
import { showTheme, storedTheme, storeTheme, THEMES, type Theme } from "../../prefs/theme";
import { Icon } from "../common/Icon";

const LOOKS = {
  system: { icon: "system", label: "System" },
  light: { icon: "sun", label: "Light" },
  dark: { icon: "moon", label: "Dark" },
} as const;

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const choose = (next: Theme) => {
    setTheme(next);
    showTheme(next);
    storeTheme(next);
  };
  return (
    <fieldset className="setting">
      <legend>Theme</legend>
      <div className="segments">
        {THEMES.map((one) => (
          <label key={one} className="segment">
            <input
              type="radio"
              name="theme"
              className="visually-hidden"
              checked={one === theme}
              onChange={() => choose(one)}
            />
            <Icon name={LOOKS[one].icon} />
            {LOOKS[one].label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
