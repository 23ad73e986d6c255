import type { ClientOptions } from '../client.ts';
import { environmentVariable } from '../environment.ts';
import { QwireError } from '../qwire-error.ts';

const missingHint =
  'Set the environment variable DASHSCOPE_API_KEY, or give the option "apiKey". Keys are made in the console, one workspace at a time.';
// Other SDKs read that file; a client that also runs in browsers reads none.
const fileHint =
  'DASHSCOPE_API_KEY_FILE_PATH is set, but no file is read. Give the option "apiKey" a function that reads it, such as () => readFile(path, "utf8").';

/**
 * The key for one try.
 *
 * @throws QwireError of kind `configuration` when there is none, or when it cannot be a key; it is never quoted.
 */
export async function resolveApiKey(apiKey: ClientOptions['apiKey']): Promise<string> {
  const given = typeof apiKey === 'function' ? await readKey(apiKey) : apiKey;
  const key = given?.trim() || (apiKey === undefined ? environmentVariable('DASHSCOPE_API_KEY') : undefined);
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
  return key;
}

async function readKey(
  read: () => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await read();
  } catch (cause) {
    throw new QwireError('apiKey: the function that returns the key failed', {
      kind: 'configuration',
      field: 'apiKey',
      cause,
    });
  }
}
