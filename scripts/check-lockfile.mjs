// pnpm leaves out of the lockfile, without a word, the binaries that a registry does not have. A lockfile that was
// made so fails on other platforms, so every native tool must be there for all of them; and it must name no address.
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8');
const tools = {
  turbo: [
    '@turbo/darwin-arm64',
    '@turbo/darwin-64',
    '@turbo/linux-64',
    '@turbo/linux-arm64',
    '@turbo/windows-64',
  ],
  biome: [
    '@biomejs/cli-darwin-arm64',
    '@biomejs/cli-darwin-x64',
    '@biomejs/cli-linux-x64',
    '@biomejs/cli-win32-x64',
  ],
  esbuild: ['@esbuild/darwin-arm64', '@esbuild/linux-x64', '@esbuild/win32-x64'],
  rollup: ['@rollup/rollup-darwin-arm64', '@rollup/rollup-linux-x64-gnu', '@rollup/rollup-win32-x64-msvc'],
  rolldown: [
    '@rolldown/binding-darwin-arm64',
    '@rolldown/binding-linux-x64-gnu',
    '@rolldown/binding-win32-x64-msvc',
  ],
  lightningcss: ['lightningcss-darwin-arm64', 'lightningcss-linux-x64-gnu', 'lightningcss-win32-x64-msvc'],
};

const problems = Object.entries(tools).flatMap(([tool, variants]) =>
  variants
    .filter((name) => !text.includes(`${name}@`))
    .map((name) => `${tool}: ${name} is not in the lockfile`),
);
const address = /https?:\/\/|tarball:/.exec(text);
if (address)
  problems.push(
    `the lockfile holds an address: ${text.slice(address.index, address.index + 60).split('\n')[0]}`,
  );

if (problems.length > 0) {
  console.error(`pnpm-lock.yaml:\n${problems.join('\n')}`);
  process.exit(1);
}
console.log('The lockfile serves every platform.');
