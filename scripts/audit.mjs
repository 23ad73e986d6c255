// Asks the registry whether a known weakness is in what an install brings, development included. Where the registry has
// no advisories, as some mirrors have none, nothing can be told, which is said aloud and is no failure.
// Usage: node scripts/audit.mjs [options of pnpm audit, such as --registry]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { isMain } from './is-main.mjs';

/**
 * What an audit tells.
 *
 * @param {{ status: number | null, stdout: string, stderr: string }} audit what `pnpm audit --json` did
 * @returns {{ verdict: 'clean' | 'vulnerable' | 'unknown', text: string }}
 */
export function readAudit({ status, stdout, stderr }) {
  const report = parseReport(stdout);
  if (report?.advisories === undefined) {
    const why = stripVTControlCharacters(`${stdout}\n${stderr}`)

      .replace(/[\s│×]+/g, ' ')
      .trim();
    return { verdict: 'unknown', text: why.slice(0, 300) || `pnpm audit ended with ${status}` };
  }
  const found = Object.values(report.advisories).map(
    ({ module_name, severity, title, vulnerable_versions, url }) =>
      `- ${module_name} ${vulnerable_versions} (${severity}): ${title} ${url ?? ''}`,
  );
  return found.length === 0
    ? { verdict: status === 0 ? 'clean' : 'unknown', text: `pnpm audit ended with ${status}` }
    : { verdict: 'vulnerable', text: found.join('\n') };
}

function parseReport(text) {
  try {
    const report = JSON.parse(text);
    return typeof report === 'object' && report !== null ? report : undefined;
  } catch {
    return undefined;
  }
}

if (isMain(import.meta.url)) {
  const { status, stdout, stderr } = spawnSync('pnpm', ['audit', '--json', ...process.argv.slice(2)], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { verdict, text } = readAudit({ status, stdout: stdout ?? '', stderr: stderr ?? '' });
  if (verdict === 'clean') console.log('No known weakness is in what an install brings.');
  if (verdict === 'unknown') {
    console.warn(
      `NOT AUDITED: this registry gives no advisories, so nothing is known either way. It said: ${text}`,
    );
    if (process.env.GITHUB_ACTIONS) console.log('::warning::The dependencies were not audited');
  }
  if (verdict === 'vulnerable') {
    console.error(`Known weaknesses:\n${text}`);
    process.exitCode = 1;
  }
}
