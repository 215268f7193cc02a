import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/**
 * The page is also served at /articles/<id>, one folder down, where its relative addresses point below
 * /articles/. What it loads lies there a second time: a <base> would have to be rewritten by the server and
 * absolute addresses would bind the page to the root of its host.
 */
const oneFolderDown: Plugin = {
  name: 'one-folder-down',
  writeBundle: ({ dir = '' }) =>
    cpSync(join(dir, 'assets'), join(dir, 'articles', 'assets'), { recursive: true }),
}

/** Relative addresses, so that the page works below any path; nothing inlined, so that the strict policy holds. */
export default defineConfig({
  root: 'web',
  base: './',
  plugins: [oneFolderDown],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: {
    proxy: Object.fromEntries(
      ['/ask', '/search', '/articles', '/files', '/readyz', '/healthz'].map((path) => [
        path,
        'http://127.0.0.1:8787',
      ]),
    ),
  },
})
