import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readAudit } from './audit.mjs';
import { importProblems } from './check-imports.mjs';
import { licenseProblems, licensesMarkdown } from './check-licenses.mjs';
import { lockfileProblems } from './check-lockfile.mjs';
import { workflowProblems } from './check-workflows.mjs';

const sha = '0123456789abcdef0123456789abcdef01234567';
/** Not written out, so that the check does not take this file to do it. */
const [load, require] = ['import', 'require'];
const folders = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A repository of these files, each package with its manifest. */
function repository(files) {
  const root = `${mkdtempSync(join(tmpdir(), 'repository-'))}/`;
  folders.push(root);
  const manifests = [
    '.',
    'conformance',
    'conformance/drivers',
    'conformance/faults',
    'packages/core',
    'apps/cli',
  ];
  const all = {
    ...Object.fromEntries(manifests.map((folder) => [`${folder}/package.json`, { name: folder }])),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

test('a repository that declares what it imports has no problem', () => {
  const root = repository({
    'package.json': { name: 'root', devDependencies: { yaml: '1' } },
    'scripts/read.mjs': "import { parse } from 'yaml';\nimport { join } from 'node:path';\n",
    'packages/core/src/index.ts': "export { a } from './a.ts';\n",
  });
  expect(importProblems(root)).toEqual([]);
});

test.each([
  ['a source', 'apps/cli/src/a.ts', "import { z } from 'zod';", 'imports zod'],
  ['a type', 'apps/cli/src/a.ts', "import type {\n  Z,\n} from 'zod';", 'imports zod'],
  ['a test', 'packages/core/src/a.test.ts', "import { expect } from 'vitest';", 'imports vitest'],
  ['a script of the root', 'scripts/a.mjs', "import { parse } from 'yaml';", 'imports yaml'],
  ['plain JavaScript', 'apps/cli/bin/a.js', `await ${load}('@scope/name/part');`, 'imports @scope/name'],
  ['CommonJS', 'apps/cli/bin/a.cjs', `const a = ${require}('left-pad');`, 'imports left-pad'],
  ['a package that needs nothing', 'packages/core/src/a.ts', "import 'node:fs';", 'is not a web standard'],
])('an import that is not declared is found in %s', (_, path, text, problem) => {
  expect(importProblems(repository({ [path]: text }))).toContainEqual(expect.stringContaining(problem));
});

test.each([
  ["import { QwireError } from '@qwire/core';", 1],
  ["import {\n  type Usage,\n  QwireError,\n} from '@qwire/core';", 1],
  ["import type { Usage } from '@qwire/core';\nimport { QwireError } from '@qwire/core/adapter-kit';", 0],
])('a shipped package takes no values from the index of core: %j', (text, found) => {
  const root = repository({ 'packages/core/src/a.ts': text });
  expect(importProblems(root).filter((problem) => problem.includes('take values from'))).toHaveLength(found);
});

test.each([
  [{ dependencies: { zod: '1' } }, 'must not depend on zod'],
  [{ peerDependencies: { zod: '1' } }, 'must not depend on zod'],
  [{ optionalDependencies: { zod: '1' } }, 'must not depend on zod'],
  [{ scripts: { postinstall: 'node a.js' } }, 'must run nothing when it is installed'],
])('a shipped package with %j is found', (member, problem) => {
  const root = repository({ 'packages/core/package.json': { name: '@qwire/core', ...member } });
  expect(importProblems(root)).toEqual([`packages/core/package.json: ${problem}`]);
});

const platforms = ['linux/x64', 'linux/arm64', 'darwin/x64', 'darwin/arm64', 'win32/x64', 'win32/arm64'];

function lockfile(variants, { integrity = 'sha512-abc', more = '' } = {}) {
  const names = variants.map((variant) => `tool-${variant.replace('/', '-')}`);
  const packages = variants.map((variant, index) => {
    const [os, cpu] = variant.split('/');
    return `  ${names[index]}@1.0.0:\n    resolution: {integrity: ${integrity}}\n    os: [${os}]\n    cpu: [${cpu}]\n`;
  });
  const optional = names.map((name) => `      ${name}: 1.0.0\n`).join('');
  return `packages:\n${packages.join('')}${more}snapshots:\n  tool@1.0.0(peer@2.0.0):\n    optionalDependencies:\n${optional}`;
}

test('a lockfile with a binary for each platform has no problem', () => {
  expect(lockfileProblems(lockfile(platforms))).toEqual([]);
});

test.each(platforms)('a tool without a binary for %s is found', (platform) => {
  const others = platforms.filter((each) => each !== platform);
  expect(lockfileProblems(lockfile(others))).toEqual([`tool@1.0.0 has no binary for ${platform}`]);
});

test('a lockfile without native tools is not taken for a complete one', () => {
  expect(lockfileProblems('packages: {}\nsnapshots: {}\n')).toEqual(['no native tool was found in it']);
});

test.each([
  '  a@1.0.0:\n    resolution: {integrity: sha512-abc, tarball: https://mirror.example/a.tgz}\n',
  '  a@https://mirror.example/a.tgz:\n    resolution: {integrity: sha512-abc}\n',
  '  a@git@host.example:a.git:\n    resolution: {integrity: sha512-abc}\n',
])('an address in a lockfile is found: %s', (more) => {
  expect(lockfileProblems(lockfile(platforms, { more }))).toContainEqual(
    expect.stringContaining('it holds an address'),
  );
});

test('a package without a strong hash is found', () => {
  const more = '  a@1.0.0:\n    resolution: {integrity: sha1-abc}\n';
  expect(lockfileProblems(lockfile(platforms, { more }))).toEqual(['a@1.0.0 has no sha512 hash']);
});

function workflow(step, head = 'permissions:\n  contents: read\n') {
  return `on: push\n${head}jobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - ${step}\n`;
}

test.each([
  `uses: actions/checkout@${sha} # v4.2.2`,
  `uses: owner/repository/folder@${sha}`,
  'uses: ./.github/actions/own',
  `uses: docker://alpine@sha256:${'a'.repeat(64)}`,
  'run: npm test',
])('a workflow with "%s" has no problem', (step) => {
  expect(workflowProblems(workflow(step))).toEqual([]);
});

test.each([
  'uses: actions/checkout@v4',
  'uses: actions/checkout@main',
  `uses: actions/checkout@${sha.slice(1)}`,
  'uses: actions/checkout',
  'uses: docker://alpine:3',
])('a workflow with "%s" is found', (step) => {
  expect(workflowProblems(workflow(step))).toEqual([
    `jobs.test.steps.0.uses: ${step.slice(6)} is not pinned to its content`,
  ]);
});

test.each([
  ['a workflow that is called', `jobs:\n  a:\n    uses: o/r/.github/workflows/a.yml@v1`],
  ['a container', `jobs:\n  a:\n    container: node:24`],
  ['a service', `jobs:\n  a:\n    services:\n      db:\n        image: postgres:18`],
])('%s that is not pinned is found', (_, jobs) => {
  expect(workflowProblems(`permissions: {}\n${jobs}\n`)).toContainEqual(
    expect.stringContaining('is not pinned to its content'),
  );
});

test('permissions that are missing or everything are found', () => {
  expect(workflowProblems(workflow('run: a', ''))).toEqual(['names no permissions']);
  expect(workflowProblems(workflow('run: a', 'permissions: write-all\n'))).toEqual([
    'asks for every permission',
  ]);
});

test('a license that is not on the list is found, and one that only a tool may have elsewhere', () => {
  const listed = {
    MIT: [{ name: 'a' }],
    'GPL-3.0': [{ name: 'b' }],
    Unknown: [{ name: 'c' }],
    'MPL-2.0': [{ name: 'lightningcss' }, { name: 'lightningcss-linux-x64-gnu' }, { name: 'd' }],
  };
  expect(licenseProblems(listed, (name) => name.includes('-linux-'))).toEqual([
    'b has the license GPL-3.0, which is not on the list',
    'c has the license Unknown, which is not on the list',
    'd has the license MPL-2.0, which is not on the list',
  ]);
});

test('the page on licenses is the same on every platform', () => {
  const isVariant = (name) => name.startsWith('tool-');
  const page = (variant) =>
    licensesMarkdown({
      all: { MIT: [{ name: 'b' }, { name: 'a' }, { name: variant }], ISC: [{ name: 'c' }] },
      used: { MIT: [{ name: 'a' }] },
      isVariant,
    });
  expect(page('tool-linux')).toBe(page('tool-win32'));
  expect(page('tool-linux')).toMatch(
    /use\n.*\| MIT \| 1 \| a \|.*tests\n.*\| ISC \| 1 \| c \|\n\| MIT \| 1 \| b \|/s,
  );
});

const advisory = {
  module_name: 'yaml',
  severity: 'high',
  title: 'A weakness',
  vulnerable_versions: '<3',
  url: 'https://example.test/1',
};

test.each([
  ['clean', { status: 0, stdout: '{"advisories":{}}', stderr: '' }],
  ['vulnerable', { status: 1, stdout: JSON.stringify({ advisories: { 1: advisory } }), stderr: '' }],
  ['unknown', { status: 1, stdout: '{"error":{"code":"ERR"}}', stderr: '' }],
  ['unknown', { status: 1, stdout: 'ERR_PNPM_AUDIT_BAD_RESPONSE', stderr: 'responded with 405' }],
  ['unknown', { status: null, stdout: '', stderr: '' }],
  ['unknown', { status: 1, stdout: '{"advisories":{}}', stderr: '' }],
])('an audit is %s after %j', (verdict, audit) => {
  const read = readAudit(audit);
  expect(read.verdict).toBe(verdict);
  expect(read.text).not.toBe('');
});

test('a known weakness is told with its package and its page', () => {
  const stdout = JSON.stringify({ advisories: { 1: advisory } });
  expect(readAudit({ status: 1, stdout, stderr: '' }).text).toBe(
    '- yaml <3 (high): A weakness https://example.test/1',
  );
});
