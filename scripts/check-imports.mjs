// Holds every package to the table of who may import what: in its manifest, and in each import of its sources.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain, report } from './is-main.mjs';

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
  'packages/local-server': ['@qwire/'],
  conformance: ['@qwire/openai-compatible', '@qwire/dashscope', '@qwire/emulator', '@qwire/workspaces'],
};
/** Packages inside of another's folder: private, so they may need anything; the other ships nothing of them. */
const nested = ['conformance/drivers', 'conformance/faults'];
/** Names that only a wire format may know. */
const wireName =
  /\b(finish_reason|tool_calls|reasoning_content|prompt_tokens|completion_tokens|input_tokens|output_tokens|incremental_output|result_format|enable_thinking|stream_options|max_tokens|top_p)\b/;

/** `import … from`, `export … from`, `import '…'`, then `import('…')` and `require('…')`. */
const importOf =
  /^\s*(?:import|export)\b(?:[^'"`;]*\bfrom)?\s*['"]([@.\w][^'"\n]*)['"]|\b(?:import|require|require\.resolve)\s*\(\s*['"]([@.\w][^'"\n]*)['"]/gm;
const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm;

/** What is for Node alone, behind a subpath of its own. */
const forNode = /^packages\/core\/src\/node\//;
/** What no browser or worker has; tests may use it. */
const nodeOnly = /\bprocess\.(?!\s)|\bBuffer\b|\brequire\(|\b__dirname\b/;

/** What loads the whole index of core where the adapter kit, which is loaded anyway, has the value. */
const valueOfCore = /^import (?!type\b)[^'"]*from '@qwire\/core';/m;

/** What package managers run at a user's. */
const installScripts = ['preinstall', 'install', 'postinstall'];

/**
 * Everything that is imported or depended on against the table, or without being declared.
 *
 * @param {string} root the folder of the repository, with a slash at its end
 */
export function importProblems(root) {
  const problems = [];
  for (const folder of ['.', ...workspaceFolders(root)]) {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const shipped = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...(allowed[folder] && manifest.optionalDependencies),
    });
    const declared = [
      manifest.name,
      ...shipped,
      ...Object.keys({ ...manifest.devDependencies, ...manifest.optionalDependencies }),
    ];
    for (const name of shipped) {
      if (allowed[folder] && !allowed[folder].includes(name))
        problems.push(`${folder}/package.json: must not depend on ${name}`);
    }
    for (const name of allowed[folder] ? installScripts : []) {
      if (manifest.scripts?.[name])
        problems.push(`${folder}/package.json: must run nothing when it is installed`);
    }
    for (const path of sources(root, folder)) {
      const text = readFileSync(join(root, path), 'utf8');
      const isTest = /\.(test|fixture)\.\w+$|\/(test|conformance|self-check|scripts)\/|\.config\.ts$/.test(
        path,
      );
      for (const [, from, loaded] of text.matchAll(importOf)) {
        checkImport({ folder, path, specifier: from ?? loaded, declared, shipped, isTest });
      }
      if (allowed[folder] && !isTest && !forNode.test(path) && nodeOnly.test(text.replaceAll(comments, '')))
        problems.push(`${path}: uses what only Node has`);
      if (allowed[folder] && !isTest && valueOfCore.test(text))
        problems.push(`${path}: take values from @qwire/core/adapter-kit, and types from @qwire/core`);
      const inCore = folder === 'packages/core' && !isTest && !path.includes('/service-error/');
      const name = inCore ? wireName.exec(text)?.[0] : undefined;
      if (name) problems.push(`${path}: core knows the wire's word ${name}`);
    }
  }
  return problems;

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
    if (
      folder !== '.' &&
      !folder.startsWith('apps/') &&
      !nested.includes(folder) &&
      !isTest &&
      !shipped.includes(name)
    )
      problems.push(`${path}: ships an import of ${name}`);
  }
}

function workspaceFolders(root) {
  const inside = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'package.json')))
      .map((entry) => `${folder}/${entry.name}`);
  return [...inside('packages'), 'conformance', ...nested, ...inside('apps')];
}

/** Paths of a package's sources; those of the root are its own files, and its scripts. */
function* sources(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (['node_modules', 'dist', 'cases', 'reports', '.turbo'].includes(entry.name)) continue;
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (nested.includes(path) || (folder === '.' && entry.isDirectory() && entry.name !== 'scripts'))
      continue;
    if (entry.isDirectory()) yield* sources(root, path);
    else if (/\.([cm]?js|[cm]?ts|tsx|jsx)$/.test(entry.name)) yield path;
  }
}

if (isMain(import.meta.url)) {
  report(importProblems(fileURLToPath(new URL('../', import.meta.url))), {
    about: 'Imports',
    fine: 'Imports follow the table.',
  });
}
