import { createLogger, printConfigFaults, runUntilStopped } from '@posthorn/runtime'
import { loadWorkerConfig } from './config.ts'
import { startWorker } from './start-worker.ts'

try {
  const config = loadWorkerConfig(process.env)
  const logger = createLogger({ name: 'worker', level: config.logLevel })
  await runUntilStopped({ logger, start: () => startWorker(config, { logger }) })
} catch (err) {
  if (!printConfigFaults(err, (line) => process.stderr.write(`${line}\n`))) throw err
  process.exitCode = 1
}
