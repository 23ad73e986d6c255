import type { UserMessage } from '@qwire/core';
import type { ReactNode } from 'react';

/** What the user sent. Pictures from elsewhere are named, not loaded. */
export function UserMessageView({ message }: { readonly message: UserMessage }): ReactNode {
  const parts =
    typeof message.content === 'string'
      ? [{ type: 'text', text: message.content } as const]
      : message.content;
  return (
    <div className="user-message">
      {parts.map((part, index) => {
        const key = `${index} ${part.type}`;
        if (part.type === 'text') return <p key={key}>{part.text}</p>;
        if (part.type !== 'image') return null;
        const source = String(part.image);
        if (source.startsWith('data:')) return <img key={key} src={source} alt="Attached" />;
        return (
          <p key={key} className="image-url">
            {source}
          </p>
        );
      })}
    </div>
  );
}
