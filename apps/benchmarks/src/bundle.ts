import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { contenders } from './contenders.ts';
import { bundleGoals } from './goals.ts';

/** Programs that are bundled, by name, and the contenders that each of them holds. */
export const programs: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.keys(contenders).map((name) => [name, [name]])),
  'both wires': ['qwire-openai-compatible-fetch', 'qwire-dashscope-fetch'],
};

/** The kB of a program with one `chat` and one `stream`, minified and compressed. */
export async function bundleSize(names: readonly string[]): Promise<number> {
  const contents = names
    .map(
      (name, index) =>
        `import { contender as c${index} } from './contenders/${name}.ts';
         const m${index} = c${index}.connect('http://127.0.0.1'); console.log(await m${index}.chat(), await m${index}.stream());`,
    )
    .join('\n');
  const { outputFiles } = await build({
    stdin: { contents, loader: 'ts', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000;
}

/** One program's size beside its goal. */
export interface BundleRow {
  readonly program: string;
  readonly kilobytes: number;
  readonly goal?: number;
  readonly met?: boolean;
}

/** All programs, one after the other. */
export async function measureBundles(): Promise<BundleRow[]> {
  const rows: BundleRow[] = [];
  for (const [program, names] of Object.entries(programs)) {
    const kilobytes = await bundleSize(names);
    const goal = bundleGoals[names.length > 1 ? 'both wires' : 'one wire'];
    // The Node transport is for servers, where nobody downloads it.
    const isOurs = names.every((name) => /^qwire-.*-fetch$/.test(name));
    rows.push({ program, kilobytes, ...(isOurs && { goal, met: kilobytes <= goal }) });
  }
  return rows;
}

/** A line for each program. */
export function printBundles(rows: readonly BundleRow[]): string {
  const lines = rows.map(({ program, kilobytes, goal, met }) => {
    const verdict = goal === undefined ? '' : `  ≤ ${goal} ${met ? 'met' : 'not met'}`;
    return `  ${(contenders[program] ?? program).padEnd(42)}${kilobytes.toFixed(1).padStart(9)}${verdict}`;
  });
  return ['one chat and one stream, minified and compressed (kB)', ...lines].join('\n');
}
