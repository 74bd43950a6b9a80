import { defineConfig } from 'vitest/config'
import { SecondTryReporter } from './packages/test-kit/src/second-try-reporter.ts'

export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      'apps/*/{src,test}/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/src/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    // For what hangs: a busy machine is slow, and slow is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: 'packages/test-kit/src/run-folder.ts',
    reporters: [new SecondTryReporter(), 'default'],
    pool: 'forks',
    // More than a small machine's two cores: many tests wait, for a timer or for a process.
    maxWorkers: 3,
  },
})
