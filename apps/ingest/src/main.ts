import { createLogger, printConfigFaults, runUntilStopped } from '@posthorn/runtime'
import { loadIngestConfig } from './config.ts'
import { startIngest } from './start-ingest.ts'

try {
  const config = loadIngestConfig(process.env)
  const logger = createLogger({ name: 'ingest', level: config.logLevel })
  await runUntilStopped({ logger, start: () => startIngest(config, { logger }) })
} catch (err) {
  if (!printConfigFaults(err, (line) => process.stderr.write(`${line}\n`))) throw err
  process.exitCode = 1
}
