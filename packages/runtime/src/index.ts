export { createBearerCheck } from './bearer-check.ts'
export { bestEffort } from './best-effort.ts'
export {
  BoundedOutput,
  type ChunkWriter,
  chunkWriterTo,
  type WriteChunk,
} from './bounded-output.ts'
export { BoundedCache } from './bounded-cache.ts'
export { type Clock, systemClock } from './clock.ts'
export { atEndOfTurn } from './end-of-turn.ts'
export {
  ConfigError,
  type Env,
  type EnvSchema,
  faultsOf,
  parseEnv,
  printConfigFaults,
  refuseFaults,
  settingReader,
  type SettingReader,
} from './env.ts'
export { firstIdAt, type IdPrefix, idTimeMs, isId, newId } from './ids.ts'
export type { Refusal, RefusalAnswer } from './http-refusals.ts'
export { startHttpServer } from './http-server.ts'
export { type RunOptions, runUntilStopped } from './lifecycle.ts'
export {
  createLogger,
  drainLog,
  LOG_LEVELS,
  type LogFields,
  type Logger,
  type LoggerOptions,
  type LogLevel,
  type LogName,
  silentLogger,
  stdoutLog,
} from './logger.ts'
export { GroupCommit, GroupCommitFullError, type GroupCommitOptions } from './group-commit.ts'
export { seldom } from './seldom.ts'
export { postgresUrl, redisUrl } from './store-url.ts'
export { utf8Form } from './utf8-form.ts'
export { withinDeadline } from './within-deadline.ts'
export { type TaskResult, TaskThreads, type TaskThreadOptions } from './task-threads.ts'
