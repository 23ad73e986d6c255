import { isRecord } from './is-record.ts';

/** A request as a case writes it, with bytes and numbers in the place of what JSON cannot hold. */
export function reviveRequest(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reviveRequest);
  if (!isRecord(value)) return value;
  if (typeof value.$base64 === 'string') return new Uint8Array(Buffer.from(value.$base64, 'base64'));
  if (typeof value.$number === 'string') return Number(value.$number);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, reviveRequest(member)]));
}
