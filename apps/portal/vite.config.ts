import { brotliBeside } from '@posthorn/ui/brotli-beside'
import { skeletonFirst } from '@posthorn/ui/skeleton-first'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/portal/',
  // Replaced in each answer.
  html: { cspNonce: '__NONCE__' },
  plugins: [skeletonFirst(), brotliBeside()],
  build: {
    outDir: 'dist',
    // Inlined files would be data: URLs, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // What the first screen needs is one file: a dozen small ones wait for each other on a slow line.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
})
