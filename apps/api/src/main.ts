import { createLogger, printConfigFaults, runUntilStopped } from '@posthorn/runtime'
import { loadApiConfig } from './config.ts'
import { startApi } from './start-api.ts'

try {
  const config = loadApiConfig(process.env)
  const logger = createLogger({ name: 'api', level: config.logLevel })
  await runUntilStopped({ logger, start: () => startApi(config, { logger }) })
} catch (err) {
  if (!printConfigFaults(err, (line) => process.stderr.write(`${line}\n`))) throw err
  process.exitCode = 1
}
