import { useEffect, useState } from 'react';

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto` follows the system. */
export type Theme = (typeof themes)[number];

// Also read by public/theme.js, before the page is drawn.
const storageKey = 'qwire-theme';

/** The chosen theme, kept between visits. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find((name) => name === localStorage.getItem(storageKey)) ?? 'auto',
  );
  useEffect(() => {
    if (theme === 'auto') {
      localStorage.removeItem(storageKey);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(storageKey, theme);
      document.documentElement.dataset.theme = theme;
    }
  }, [theme]);
  return [theme, setTheme];
}
