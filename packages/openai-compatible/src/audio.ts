import type { ChatAudio } from '@qwire/core';
import { asNumber, asText, isRecord } from '@qwire/core/adapter-kit';

/** What one message or delta brings of a spoken answer; `undefined` when it brings none. */
export function readAudio(value: unknown): Partial<ChatAudio> | undefined {
  if (!isRecord(value)) return undefined;
  const { data, transcript, id, expires_at: expiry } = value;
  const expiresAt = asNumber(expiry);
  const audio = {
    ...textMember('data', data),
    ...textMember('transcript', transcript),
    ...textMember('id', id),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return Object.keys(audio).length > 0 ? audio : undefined;
}

function textMember(name: 'data' | 'transcript' | 'id', value: unknown): Partial<ChatAudio> {
  const text = asText(value);
  return text ? { [name]: text } : {};
}
