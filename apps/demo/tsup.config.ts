import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/server/index.ts', demo: 'src/demo/main.ts' },
  outDir: 'dist/server',
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  clean: true,
  sourcemap: true,
});
