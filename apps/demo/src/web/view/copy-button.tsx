import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

/** Puts a text on the clipboard. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button
      type="button"
      className="copy"
      onClick={copy}
      aria-label={isCopied ? 'Copied' : label}
      title={label}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
    </button>
  );
}
