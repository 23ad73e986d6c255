import { splitTokens } from '../tokens.ts';
import type { SparseValue } from './embedding-wire.ts';

/** The same text has the same vector of length 1, and texts that share tokens lie near each other. */
export function toVector(text: string, dimensions: number): readonly number[] {
  const sums = new Float64Array(dimensions);
  for (const token of splitTokens(text)) addToken(sums, token);
  const length = Math.hypot(...sums) || 1;
  return Array.from(sums, (value) => round(value / length));
}

/** One entry for each different token, by how often it stands there. */
export function toSparse(text: string): readonly SparseValue[] {
  const counts = new Map<string, number>();
  const tokens = splitTokens(text);
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts].map(([token, count]) => ({
    index: hash(token) % 250_000,
    value: round(count / tokens.length),
    token,
  }));
}

function addToken(sums: Float64Array, token: string): void {
  let state = hash(token);
  for (let index = 0; index < sums.length; index += 1) {
    state = next(state);
    sums[index] = (sums[index] ?? 0) + state / 2 ** 31 - 1;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value || 1;
}

/** Xorshift. */
function next(state: number): number {
  let value = state;
  value ^= value << 13;
  value ^= value >>> 17;
  value ^= value << 5;
  return value >>> 0;
}

function round(value: number): number {
  return Number(value.toFixed(9));
}
