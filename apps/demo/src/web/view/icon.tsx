import type { ReactNode } from 'react';

/** Drawn on a square of 20 by 20, in strokes. */
const drawings = {
  send: <path d="M10 16V4M4.5 9.5 10 4l5.5 5.5" />,
  stop: <rect x="5.5" y="5.5" width="9" height="9" rx="1.5" fill="currentColor" />,
  image: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="2" />
      <circle cx="7.5" cy="8.3" r="1.2" />
      <path d="m3.5 14.5 4-3.5 2.5 2 3.5-3.5 3 3" />
    </>
  ),
  close: <path d="m5.5 5.5 9 9m0-9-9 9" />,
  settings: (
    <>
      <path d="M3 6.5h6.5m4 0H17M3 13.5h2.5m4 0H17" />
      <circle cx="11.5" cy="6.5" r="2" />
      <circle cx="7.5" cy="13.5" r="2" />
    </>
  ),
  clear: <path d="M4 6h12M8 6V4.2h4V6m2.5 0-.7 9.2a1 1 0 0 1-1 .8H7.2a1 1 0 0 1-1-.8L5.5 6M8.5 9v4m3-4v4" />,
  auto: (
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
    </>
  ),
  light: (
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2.5v1.8m0 11.4v1.8M2.5 10h1.8m11.4 0h1.8M4.7 4.7l1.3 1.3m8 8 1.3 1.3m0-10.6L14 6m-8 8-1.3 1.3" />
    </>
  ),
  dark: <path d="M16 11.7A6.5 6.5 0 0 1 8.3 4a6.5 6.5 0 1 0 7.7 7.7Z" />,
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.8" />
      <path d="M7 9V6.8a3 3 0 0 1 6 0V9" />
    </>
  ),
  copy: (
    <>
      <rect x="7" y="7" width="9" height="9.5" rx="1.8" />
      <path d="M13 7V5.3A1.3 1.3 0 0 0 11.7 4H5.3A1.3 1.3 0 0 0 4 5.3v6.4A1.3 1.3 0 0 0 5.3 13H7" />
    </>
  ),
  check: <path d="m4.5 10.5 3.7 3.7 7.3-8" />,
  tool: (
    <path d="M12.4 3.6a4 4 0 0 0-4 5.3L3.7 13.6a1.6 1.6 0 0 0 0 2.3l.4.4a1.6 1.6 0 0 0 2.3 0l4.7-4.7a4 4 0 0 0 5.2-4.9l-2.5 2.4-2.3-.6-.6-2.3 2.4-2.4a4 4 0 0 0-.9-.2Z" />
  ),
  thought: <path d="M10 3.5a5 5 0 0 0-3 9v1.7h6v-1.7a5 5 0 0 0-3-9ZM8 16.8h4" />,
  warning: <path d="M10 3.8 17 16H3Zm0 4.5v3.5m0 2v.2" />,
  down: <path d="M10 4v12m-5.5-5.5L10 16l5.5-5.5" />,
  chevron: <path d="m7.5 5 5 5-5 5" />,
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof drawings;

/** Decoration: what it stands for is said by the text or label beside it. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}
