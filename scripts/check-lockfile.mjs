// pnpm leaves out of the lockfile, without a word, the binaries that a registry does not have. A lockfile that was
// made so fails on other platforms, so every native tool must be there for all of them; and it must name no address.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isMain, report } from './is-main.mjs';

const platforms = ['linux/x64', 'linux/arm64', 'darwin/x64', 'darwin/arm64', 'win32/x64', 'win32/arm64'];
/** For one platform by design: what watches files on macOS. */
const forOnePlatform = ['fsevents'];

/** @param {string} text the lockfile */
export function lockfileProblems(text) {
  const { packages, snapshots } = parse(text);
  const tools = Object.entries(snapshots).flatMap(([id, { optionalDependencies = {} }]) => {
    const variants = Object.entries(optionalDependencies)
      .filter(([name]) => !forOnePlatform.includes(name))
      .map(([name, version]) => packages[`${name}@${withoutPeers(version)}`])
      .filter((variant) => variant?.os || variant?.cpu);
    return variants.length === 0 ? [] : [{ name: withoutPeers(id), variants }];
  });
  const incomplete = tools.flatMap(({ name, variants }) =>
    platforms
      .filter((platform) => !variants.some((variant) => servesPlatform(variant, platform)))
      .map((platform) => `${name} has no binary for ${platform}`),
  );
  const unproven = Object.entries(packages)
    .filter(([, { resolution }]) => !/^sha512-/.test(resolution?.integrity ?? ''))
    .map(([id]) => `${id} has no sha512 hash`);
  const addresses = [...text.matchAll(/(?:\w+:\/\/|\btarball:|\bgit@[a-z][\w.-]*:).{0,60}/g)].map(
    ([address]) => `it holds an address: ${address}`,
  );
  if (tools.length === 0) incomplete.push('no native tool was found in it');
  return [...incomplete, ...unproven, ...addresses];
}

/** A variant that names a C library must be of the usual one. */
function servesPlatform({ os, cpu, libc }, platform) {
  const [wantedOs, wantedCpu] = platform.split('/');
  return (
    (!os || os.includes(wantedOs)) && (!cpu || cpu.includes(wantedCpu)) && (!libc || libc.includes('glibc'))
  );
}

function withoutPeers(id) {
  return id.replace(/\(.*/, '');
}

if (isMain(import.meta.url)) {
  report(lockfileProblems(readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8')), {
    about: 'pnpm-lock.yaml',
    fine: 'The lockfile serves every platform.',
  });
}
