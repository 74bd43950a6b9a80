import { skeletonFirst } from '@posthorn/ui/skeleton-first'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/portal/',
  // Replaced in each answer.
  html: { cspNonce: '__NONCE__' },
  plugins: [skeletonFirst()],
  build: {
    outDir: 'dist',
    // Inlined files would be data: URLs, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
})
