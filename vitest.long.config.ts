import { defineConfig } from 'vitest/config'

// Checks at full length, minutes each; `npm test` runs the same with scaled-down times.
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.long.test.ts', 'apps/*/test/**/*.long.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    globalSetup: 'packages/test-kit/src/run-folder.ts',
    pool: 'forks',
    maxWorkers: 1,
  },
})
