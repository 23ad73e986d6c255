// Whoever can move a tag or a branch of an action could run anything with our permissions, so every action and image is
// pinned to its content, and every workflow says which permissions it needs.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { isMain, report } from './is-main.mjs';

/** @param {string} text a workflow, or the description of an action of our own */
export function workflowProblems(text) {
  const workflow = parse(text);
  const problems = [];
  if (workflow.jobs && workflow.permissions === undefined) problems.push('names no permissions');
  if (/write-all/.test(JSON.stringify(workflow.permissions ?? '')))
    problems.push('asks for every permission');
  if ('pull_request_target' in Object(workflow.on)) {
    problems.push('runs for pull_request_target, with the permissions of this repository');
  }
  for (const { at, value } of references(workflow)) {
    if (!isPinned(value)) problems.push(`${at}: ${value} is not pinned to its content`);
  }
  return problems;
}

function isPinned(value) {
  if (typeof value !== 'string') return false;
  if (value.startsWith('./')) return true;
  return /^docker:\/\/|^[^/]+$/.test(value) || !value.includes('@')
    ? /@sha256:[0-9a-f]{64}$/.test(value)
    : /@([0-9a-f]{40}|sha256:[0-9a-f]{64})$/.test(value);
}

/** Everything that is fetched from elsewhere and run: actions, workflows and images, wherever they stand. */
function* references(value, at = '') {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const path = at ? `${at}.${name}` : name;
    const isImage = name === 'image' || (name === 'container' && typeof member === 'string');
    if (name === 'uses' || (isImage && member !== 'Dockerfile')) yield { at: path, value: member };
    else yield* references(member, path);
  }
}

if (isMain(import.meta.url)) {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const files = globSync('.github/{workflows/*,actions/**/action}.{yml,yaml}', { cwd: root });
  const problems = files.flatMap((file) =>
    workflowProblems(readFileSync(`${root}${file}`, 'utf8')).map((problem) => `${file} ${problem}`),
  );
  if (files.length === 0) problems.push('there is no workflow');
  report(problems, { about: 'Workflows', fine: 'Every action is pinned to its content.' });
}
