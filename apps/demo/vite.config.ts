import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The first versions with `light-dark()`, which the colors are written in.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The content security policy forbids scripts that are not files.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // `pnpm dev` shows the page while it is being changed; the API is that of a running `npm run demo`.
  server: { proxy: { '/api': 'http://127.0.0.1:4020' } },
});
