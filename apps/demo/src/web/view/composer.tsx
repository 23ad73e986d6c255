import type { UserMessage } from '@qwire/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react';
import { Icon } from './icon.tsx';
import { ImageField } from './image-field.tsx';

interface ComposerProps {
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  readonly onSend: (message: UserMessage) => void;
  readonly onStop: () => void;
  readonly isRunning: boolean;
  /** Whether the chosen model looks at pictures. */
  readonly takesImages: boolean;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** Where messages are written. */
export function Composer(props: ComposerProps): ReactNode {
  const { draft, onDraft, onSend, onStop, isRunning, takesImages, input } = props;
  const [images, setImages] = useState<readonly string[]>([]);
  const isEmpty = draft.trim() === '' && images.length === 0;

  const send = () => {
    if (isEmpty || isRunning) return;
    onSend(toUserMessage(draft.trim(), images));
    setImages([]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    // While an input method composes, Enter takes its suggestion. Safari says so with the key code only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={submit}>
      {(takesImages || images.length > 0) && <ImageField images={images} onChange={setImages} />}
      <div className="composer-row">
        <textarea
          ref={input}
          aria-label="Message"
          placeholder="Message"
          rows={1}
          value={draft}
          onChange={({ target }) => onDraft(target.value)}
          onKeyDown={pressKey}
        />
        {isRunning ? (
          <button type="button" className="primary" onClick={onStop} aria-label="Stop" title="Stop (Esc)">
            <Icon name="stop" />
          </button>
        ) : (
          <button type="submit" className="primary" disabled={isEmpty} aria-label="Send" title="Send (Enter)">
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  );
}

function toUserMessage(text: string, images: readonly string[]): UserMessage {
  if (images.length === 0) return { role: 'user', content: text };
  return {
    role: 'user',
    content: [
      ...images.map((image) => ({ type: 'image' as const, image })),
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ],
  };
}
