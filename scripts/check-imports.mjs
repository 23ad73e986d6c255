// Holds every package to the table of who may import what: in its manifest, and in each import of its sources.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What each shipped package may need at run time. Folders that are not listed may need anything. */
const allowed = {
  'packages/core': [],
  'packages/openai-compatible': ['@qwire/core'],
  'packages/dashscope': ['@qwire/core'],
  'packages/catalog': ['@qwire/core'],
  'packages/workspaces': ['@qwire/core'],
};
/** Never, not even for tests: wires do not know each other, and the suite gets the client to test as a value. */
const forbidden = {
  'packages/core': ['@qwire/'],
  'packages/openai-compatible': ['@qwire/dashscope', '@qwire/emulator'],
  'packages/dashscope': ['@qwire/openai-compatible', '@qwire/emulator'],
  'packages/catalog': ['@qwire/openai-compatible', '@qwire/dashscope', '@qwire/emulator'],
  'packages/workspaces': ['@qwire/openai-compatible', '@qwire/dashscope', '@qwire/emulator'],
  conformance: ['@qwire/openai-compatible', '@qwire/dashscope', '@qwire/emulator', '@qwire/workspaces'],
};
/** Packages inside of another's folder: private, so they may need anything; the other ships nothing of them. */
const nested = ['conformance/drivers', 'conformance/faults'];
/** Names that only a wire format may know. */
const wireName =
  /\b(finish_reason|tool_calls|reasoning_content|prompt_tokens|completion_tokens|input_tokens|output_tokens|incremental_output|result_format|enable_thinking|stream_options|max_tokens|top_p)\b/;

/** `import … from`, `export … from`, `import '…'`, then `import('…')`. */
const importOf =
  /^\s*(?:import|export)\b(?:[^'"`;]*\bfrom)?\s*['"]([^'"\n]+)['"]|\bimport\s*\(\s*['"]([^'"\n]+)['"]/gm;
const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm;

/** What is for Node alone, behind a subpath of its own. */
const forNode = /^packages\/core\/src\/node\//;
/** What no browser or worker has; tests may use it. */
const nodeOnly = /\bprocess\.(?!\s)|\bBuffer\b|\brequire\(|\b__dirname\b/;

const problems = [];

for (const folder of workspaceFolders()) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const shipped = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const declared = [
    manifest.name,
    ...shipped,
    ...Object.keys({ ...manifest.devDependencies, ...manifest.optionalDependencies }),
  ];
  for (const name of shipped) {
    if (allowed[folder] && !allowed[folder].includes(name))
      problems.push(`${folder}/package.json: must not depend on ${name}`);
  }
  for (const file of sources(join(root, folder))) {
    const text = readFileSync(file, 'utf8');
    const path = file.slice(root.length);
    const isTest = /\.(test|fixture)\.tsx?$|\/(test|conformance|self-check|scripts)\/|\.config\.ts$/.test(
      path,
    );
    for (const [, from, loaded] of text.matchAll(importOf)) {
      checkImport({ folder, path, specifier: from ?? loaded, declared, shipped, isTest });
    }
    if (allowed[folder] && !isTest && nodeOnly.test(text.replaceAll(comments, '')))
      problems.push(`${path}: uses what only Node has`);
    const inCore = folder === 'packages/core' && !isTest && !path.includes('/service-error/');
    const name = inCore ? wireName.exec(text)?.[0] : undefined;
    if (name) problems.push(`${path}: core knows the wire's word ${name}`);
  }
}

function checkImport({ folder, path, specifier, declared, shipped, isTest }) {
  if (specifier.startsWith('.') || specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    if (allowed[folder] && !isTest && !forNode.test(path) && !specifier.startsWith('.')) {
      problems.push(`${path}: ${specifier} is not a web standard`);
    }
    return;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (
    forbidden[folder]?.some((start) => name.startsWith(start)) &&
    !(folder === 'packages/core' && name === '@qwire/core')
  ) {
    problems.push(`${path}: must not import ${name}`);
  }
  if (!declared.includes(name))
    problems.push(`${path}: imports ${name}, which its package.json does not name`);
  if (!folder.startsWith('apps/') && !nested.includes(folder) && !isTest && !shipped.includes(name))
    problems.push(`${path}: ships an import of ${name}`);
}

function workspaceFolders() {
  const inside = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}`);
  return [...inside('packages'), 'conformance', ...nested, ...inside('apps')];
}

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'cases', 'reports', '.turbo'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (nested.some((other) => path === join(root, other))) continue;
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield path;
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('Imports follow the table.');
