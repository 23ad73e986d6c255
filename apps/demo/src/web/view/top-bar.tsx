import type { ReactNode } from 'react';
import type { Settings } from '../state/use-settings.ts';
import { type Theme, themes, useTheme } from '../state/use-theme.ts';
import { Icon } from './icon.tsx';
import { themeLabels, wireLabel } from './labels.ts';
import { Mark } from './mark.tsx';

interface TopBarProps {
  readonly settings: Settings;
  readonly onOpenSettings: () => void;
  readonly onClear: () => void;
  readonly isEmpty: boolean;
}

/** What the next message is sent with, in short, and what concerns the whole page. */
export function TopBar({ settings, onOpenSettings, onClear, isEmpty }: TopBarProps): ReactNode {
  const [theme, setTheme] = useTheme();
  return (
    <header className="top-bar">
      <button type="button" className="open-settings" onClick={onOpenSettings} aria-haspopup="dialog">
        <Mark />
        <span className="summary">
          <strong>{settings.model}</strong>
          <span>
            {settings.workspace} · {wireLabel(settings.wire)}
          </span>
        </span>
        <Icon name="settings" />
        <span className="visually-hidden">Change settings</span>
      </button>
      <p className="summary summary-wide">
        <strong>{settings.model}</strong>
        <span>
          {settings.workspace} · {wireLabel(settings.wire)}
        </span>
      </p>
      <button
        type="button"
        className="quiet"
        onClick={() => setTheme(nextTheme(theme))}
        aria-label={themeLabels[theme]}
        title={themeLabels[theme]}
      >
        <Icon name={theme} />
      </button>
      <button
        type="button"
        className="quiet"
        onClick={onClear}
        disabled={isEmpty}
        aria-label="Clear the conversation"
        title="Clear the conversation"
      >
        <Icon name="clear" />
      </button>
    </header>
  );
}

function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
}
