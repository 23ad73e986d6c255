import type { ReactNode } from 'react';

/** The product's sign: two wires. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M6 12h7c4 0 2 8 6 8h7M6 20h7c4 0 2-8 6-8h7" />
    </svg>
  );
}
