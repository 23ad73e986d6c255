import { resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/** What the entries `index` and `node` hold themselves. */
const own = /\/src\/(index|capability|error-kind|partial-object[\w-]*|run-tools\/.+|node\/.+)\.ts$/;

/**
 * Lets these entries take all else from the adapter kit's file instead of from a third one: importing an adapter then
 * loads one file of core, and there is one class of errors in CommonJS too.
 */
const fromAdapterKit: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'from-adapter-kit',
  setup(build) {
    const path = build.initialOptions.format === 'cjs' ? './adapter-kit.cjs' : './adapter-kit.js';
    build.onResolve({ filter: /^\..+\.ts$/ }, (from) =>
      own.test(from.importer) && !own.test(resolve(from.resolveDir, from.path))
        ? { path, external: true }
        : undefined,
    );
  },
};

export default defineConfig({
  entry: { index: 'src/index.ts', 'adapter-kit': 'src/adapter-kit.ts', node: 'src/node/index.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  clean: true,
  external: [/^node:/],
  removeNodeProtocol: false,
  sourcemap: true,
  esbuildPlugins: [fromAdapterKit],
  // What is short loads sooner; names stay, for stack traces.
  esbuildOptions(options) {
    Object.assign(options, { minifyWhitespace: true, minifySyntax: true, lineLimit: 120 });
  },
});
