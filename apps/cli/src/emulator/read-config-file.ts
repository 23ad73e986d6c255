import { readFile } from 'node:fs/promises';
import { type EmulatorConfig, parseConfig, sampleConfig } from '@qwire/emulator';

/**
 * The configuration in the file, checked; the built-in sample without one.
 * @throws Error that names the file and says what is wrong with it.
 */
export async function readConfigFile(file: string | undefined): Promise<EmulatorConfig> {
  if (file === undefined) return sampleConfig;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${problems[cause.code ?? ''] ?? cause.message}`, { cause });
  });
  parseConfig(text, { file });
  return JSON.parse(text) as EmulatorConfig;
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Make one with: qwire emulator --print-config > emulator.json',
  EISDIR: 'is a folder; name the file in it',
  EACCES: 'may not be read',
};
