// Packs each package that users install, asks publint and attw whether every kind of importer can use it, and imports the
// packed files from ESM and CommonJS in an empty folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
/** The packages with both module kinds must resolve for all; the others are for Node's ESM only. */
const packages = [
  { folder: 'packages/core', commonJS: true },
  { folder: 'packages/openai-compatible', commonJS: true },
  { folder: 'packages/dashscope', commonJS: true },
  { folder: 'packages/catalog', commonJS: true },
  { folder: 'packages/workspaces', commonJS: true },
  { folder: 'packages/local-server', commonJS: false },
  { folder: 'packages/emulator', commonJS: false },
  { folder: 'conformance', commonJS: false },
];

const scratch = mkdtempSync(join(tmpdir(), 'qwire-packages-'));
try {
  const modules = join(scratch, 'node_modules');
  for (const { folder, commonJS } of packages) {
    const at = join(root, folder);
    const { name } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
    const tarball = join(scratch, `${name.replace(/\W/g, '-')}.tgz`);
    run('pnpm', ['pack', '--out', tarball], at);
    run('pnpm', ['exec', 'publint', 'run', tarball, '--strict'], root);
    run('pnpm', ['exec', 'attw', tarball, '--profile', commonJS ? 'node16' : 'esm-only'], root);
    if (!commonJS) continue;
    mkdirSync(join(modules, name), { recursive: true });
    run('tar', ['-xzf', tarball, '-C', join(modules, name), '--strip-components', '1'], scratch);
    const packed = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    const needed = Object.keys({
      ...packed.dependencies,
      ...packed.peerDependencies,
      ...packed.optionalDependencies,
    });
    const others = needed.filter((other) => !other.startsWith('@qwire/'));
    if (others.length > 0) throw new Error(`${name} ships with dependencies: ${others.join(', ')}`);
    if (!existsSync(join(modules, name, 'README.md'))) throw new Error(`${name} ships no README.md`);
  }
  const imported = [
    ['{ createDashScope }', '@qwire/dashscope'],
    ['{ createOpenAICompatible }', '@qwire/openai-compatible'],
    ['core', '@qwire/core'],
    ['kit', '@qwire/core/adapter-kit'],
  ];
  const uses = `
    if (createDashScope().wire !== 'dashscope') throw new Error('no client of the native wire');
    if (createOpenAICompatible().wire !== 'openai-compatible') throw new Error('no client of the compatible wire');
    if (core.QwireError !== kit.QwireError) throw new Error('two classes of errors');`;
  const esm = imported.map(([what, from]) => `import ${what.replace(/^\w/, '* as $&')} from '${from}';\n`);
  const cjs = imported.map(([what, from]) => `const ${what} = require('${from}');\n`);
  writeFileSync(join(scratch, 'esm.mjs'), esm.join('') + uses);
  writeFileSync(join(scratch, 'cjs.cjs'), cjs.join('') + uses);
  for (const file of ['esm.mjs', 'cjs.cjs']) run(process.execPath, [file], scratch);
  console.log('Every package can be installed and imported.');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    console.error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    rmSync(scratch, { recursive: true, force: true });
    process.exit(1);
  }
}
