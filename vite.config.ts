/**
 * How the dashboard is built: `dashboard/` into `dashboard/dist/`, which the server serves as it stands.
 *
 * The page runs under a Content-Security-Policy without `unsafe-inline`, so nothing may end up inside index.html: no
 * module-preload polyfill, no assets as data: addresses. tests/tools/build.test.ts builds with this file and looks.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('./dashboard', import.meta.url)),
  base: '/',
  clearScreen: false,
  // Vite 8 compiles JSX itself; Preact needs no plugin (its plugin and React's fight over Babel).
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
