import type { ApiKey } from '../client.ts';
import { environmentVariable } from '../environment.ts';
import { isRecord } from '../json.ts';
import { QwireError } from '../qwire-error.ts';
import { Secret } from './secret.ts';

const missingHint =
  'Set the environment variable DASHSCOPE_API_KEY, or give the option "apiKey". Keys are made in the console, one workspace at a time.';
// Other SDKs read that file; a client that also runs in browsers reads none.
const fileHint =
  'DASHSCOPE_API_KEY_FILE_PATH is set, but no file is read. Give the option "apiKey" a function that reads it, such as () => readFile(path, "utf8").';

/**
 * The key that an option gives, at once unless it is a function.
 *
 * @throws QwireError of kind `configuration` when there is none, or when it cannot be a key; it is never quoted.
 */
export function resolveApiKey(apiKey: ApiKey | undefined): Secret | Promise<Secret> {
  if (typeof apiKey === 'function') return readKey(apiKey).then(toKey);
  return toKey(apiKey ?? environmentVariable('DASHSCOPE_API_KEY'));
}

function toKey(source: string | Secret | undefined): Secret {
  const given = Secret.is(source) ? source.reveal() : source;
  const key = typeof given === 'string' && given.trim();
  if (!key) {
    throw new QwireError('apiKey: there is no API key', {
      kind: 'configuration',
      field: 'apiKey',
      hint: environmentVariable('DASHSCOPE_API_KEY_FILE_PATH') ? fileHint : missingHint,
    });
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new QwireError('apiKey: holds spaces or characters that no key has', {
      kind: 'configuration',
      field: 'apiKey',
      hint: 'Copy the key again from the console; it begins with "sk-" and is one word.',
    });
  }
  return new Secret(key);
}

async function readKey(read: Extract<ApiKey, () => unknown>): Promise<string | Secret | undefined> {
  try {
    return await read();
  } catch (cause) {
    // Its words may hold the key, or the file or reply that the key was to be read from.
    const code = isRecord(cause) && /^E[A-Z]+$/.exec(String(cause.code))?.[0];
    throw new QwireError(`apiKey: the function that returns the key failed${code ? ` (${code})` : ''}`, {
      kind: 'configuration',
      field: 'apiKey',
      hint: 'Catch the error inside the function to see it: it may hold the key, and is not shown.',
    });
  }
}
