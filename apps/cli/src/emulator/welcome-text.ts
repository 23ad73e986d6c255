import { type Emulator, matchesModel, type RunningEmulator } from '@qwire/emulator';
import { colors } from '../colors.ts';
import { table } from '../table.ts';

export interface Welcome {
  readonly emulator: Emulator;
  readonly running: RunningEmulator;
  readonly file: string | undefined;
}

/** What is shown at the start: addresses, workspaces with their keys and models, a call to try. */
export function welcomeText({ emulator, running, file }: Welcome): string {
  const { region, workspaces } = emulator.config;
  const { baseURLs, host, url } = running;
  const source = file ?? 'the built-in sample; --print-config shows it';
  const rows = workspaces.map(({ id, name = id, apiKeys, models }) => [
    `  ${colors.bold(name)}`,
    id,
    apiKeys.join(', '),
    models === '*' ? 'all models' : models.join(', '),
  ]);
  return `${[
    `${colors.bold('Qwire emulator')} in ${region}, from ${source}`,
    table([
      ['  OpenAI-compatible', colors.cyan(baseURLs['openai-compatible'])],
      ['  DashScope', colors.cyan(baseURLs.dashscope)],
    ]),
    table([['  Workspace', 'Id', 'Key', 'Models'].map(colors.dim), ...rows]),
    `${colors.dim('Try it:')}\n${curlSample(emulator, url)}`,
    ...(isLoopback(host) ? [] : [colors.yellow(`Other machines can call it at ${host}.`)]),
    colors.dim('Ctrl-C stops it.'),
  ].join('\n\n')}\n`;
}

function curlSample({ config, models }: Emulator, url: string): string {
  // The last workspace, because it is the one with limits in most configurations.
  const workspace = config.workspaces.at(-1);
  const granted = workspace?.models ?? [];
  const known = [...models.values()].filter(({ id, path }) => path === 'text' && matchesModel(granted, id));
  const model = known.find(({ id }) => id === 'qwen-plus') ?? known[0];
  const body = { model: model?.id ?? 'qwen-plus', messages: [{ role: 'user', content: 'Who are you?' }] };
  return [
    `  curl ${url}/compatible-mode/v1/chat/completions`,
    `    -H "Authorization: Bearer ${workspace?.apiKeys[0] ?? 'sk-…'}"`,
    '    -H "Content-Type: application/json"',
    `    -d '${JSON.stringify(body)}'`,
  ].join(' \\\n');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
