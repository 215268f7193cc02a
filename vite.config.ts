import { defineConfig } from 'vite'

/** Relative addresses, so that the page works below any path; nothing inlined, so that the strict policy holds. */
export default defineConfig({
  root: 'web',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2022',
    // The tables of traditional characters: loaded by those who choose them alone.
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: Object.fromEntries(
      ['/ask', '/search', '/articles', '/files', '/feedback', '/readyz', '/healthz', '^/index$'].map(
        (path) => [path, 'http://127.0.0.1:8787'],
      ),
    ),
  },
})
