import { defineConfig } from 'vite'

export default defineConfig({
  base: '/portal/',
  build: {
    outDir: 'dist',
    // Inlined files would be data: URLs, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
})
