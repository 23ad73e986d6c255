import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/qwire.ts'],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  clean: true,
  sourcemap: true,
});
