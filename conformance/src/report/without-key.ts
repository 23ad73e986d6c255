import type { CaseCall } from '../case-schema.ts';

/** A copy in which each key that the call is given, by option or environment, reads `[key]`. */
export function withoutKey<Value>(value: Value, { client, environment }: CaseCall): Value {
  const keys = [client.apiKey, environment.DASHSCOPE_API_KEY].filter(Boolean).map(asJsonText);
  if (keys.length === 0) return value;
  return JSON.parse(keys.reduce((json, key) => json.replaceAll(key, '[key]'), JSON.stringify(value)));
}

/** As it stands between the quotes of a JSON text. */
function asJsonText(key: string | null | undefined): string {
  return JSON.stringify(key).slice(1, -1);
}
