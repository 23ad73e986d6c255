// Holds everything that an install brings to the licenses below, and docs/licenses.md to what there is.
// Usage: node scripts/check-licenses.mjs [--write]
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { isMain, report } from './is-main.mjs';

/** By the names that packages give them. What asks for more than its notice is named with the reason. */
const allowed = {
  MIT: 'everywhere',
  ISC: 'everywhere',
  '0BSD': 'everywhere',
  'Apache-2.0': 'everywhere',
  'BSD-2-Clause': 'everywhere',
  'BSD-3-Clause': 'everywhere',
  'BlueOak-1.0.0': 'everywhere',
  'Python-2.0': 'everywhere',
  'PSF-2.0': 'everywhere',
  Unlicense: 'everywhere',
  'MIT OR Apache-2.0': 'everywhere',
  '(MIT OR CC0-1.0)': 'everywhere',
  '(AFL-2.1 OR BSD-3-Clause)': 'everywhere',
};
/** Run while building, unchanged, and never a part of what is published: a license of files is no duty there. */
const tools = { 'MPL-2.0': ['lightningcss'] };

/**
 * @param {Readonly<Record<string, readonly { name: string }[]>>} listed what `pnpm licenses list --json` prints
 * @param {(name: string) => boolean} isVariant whether a package is one platform's binary of another
 */
export function licenseProblems(listed, isVariant) {
  return Object.entries(listed).flatMap(([license, packages]) =>
    packages
      .filter(({ name }) => {
        const known = isVariant(name) ? name.replace(/-(linux|darwin|win32)-.*/, '') : name;
        return allowed[license] === undefined && !tools[license]?.includes(known);
      })
      .map(({ name }) => `${name} has the license ${license || 'none'}, which is not on the list`),
  );
}

/** Without versions and without the binaries of one platform, so that it is the same everywhere. */
export function licensesMarkdown({ all, used, isVariant }) {
  const usedNames = new Set(namesIn(used));
  const tables = [
    ['What the programs and tools use', (name) => usedNames.has(name)],
    ['What only builds and tests', (name) => !usedNames.has(name)],
  ].map(([title, belongs]) => {
    const rows = Object.entries(all)
      .map(([license, packages]) => [license, namesIn({ license: packages }).filter(belongs)])
      .map(([license, names]) => [license, names.filter((name) => !isVariant(name))])
      .filter(([, names]) => names.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([license, names]) => `| ${license} | ${names.length} | ${names.join(', ')} |`);
    return `## ${title}\n\n| License | Packages | |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Licenses of what is not ours

\`@qwire/core\`, \`@qwire/openai-compatible\`, \`@qwire/dashscope\`, \`@qwire/catalog\` and \`@qwire/workspaces\` depend on nothing but each
other. The emulator, the conformance suite, the command line and the console use the packages of the first table. Binaries of
one platform have the license of the tool that they belong to, and are not listed apart.

Written by \`node scripts/check-licenses.mjs --write\`; \`npm test\` fails on a license that is not allowed there.

${tables.join('\n')}`;
}

function namesIn(listed) {
  const names = Object.values(listed).flatMap((packages) => packages.map(({ name }) => name));
  return [...new Set(names)].sort();
}

if (isMain(import.meta.url)) {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const list = (...options) =>
    JSON.parse(
      execFileSync('pnpm', ['--recursive', 'licenses', 'list', '--json', ...options], {
        cwd: root,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        maxBuffer: 64 * 1024 * 1024,
      }),
    );
  const { packages } = parse(readFileSync(`${root}pnpm-lock.yaml`, 'utf8'));
  const variants = new Set(
    Object.entries(packages)
      .filter(([, { os, cpu }]) => os || cpu)
      .map(([id]) => id.replace(/(?<=.)@.*/, '')),
  );
  const isVariant = (name) => variants.has(name);
  const all = list();
  const markdown = licensesMarkdown({ all, used: list('--prod'), isVariant });
  const problems = licenseProblems(all, isVariant);
  const page = `${root}docs/licenses.md`;
  if (process.argv.includes('--write')) writeFileSync(page, markdown);
  else if (readFileSync(page, 'utf8') !== markdown) {
    problems.push('docs/licenses.md tells of other packages: run node scripts/check-licenses.mjs --write');
  }
  report(problems, { about: 'Licenses', fine: 'Every license is on the list.' });
}
