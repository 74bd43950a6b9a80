import { hostname } from 'node:os'
import { type DestinationStream, pino, stdTimeFunctions } from 'pino'
import { BoundedOutput, chunkWriterTo } from './bounded-output.ts'
import { censorSecrets } from './censor.ts'
import { describeError } from './describe-error.ts'

/** The name of what happened, fixed and dotted: `delivery.attempted`. Ids go into the fields. */
export type LogName = `${string}.${string}`
export type LogFields = Readonly<Record<string, unknown>>
export type WriteLog = (fields: LogFields, name: LogName) => void

export interface Logger {
  readonly debug: WriteLog
  readonly info: WriteLog
  readonly warn: WriteLog
  readonly error: WriteLog
  /** An info line of plain values only, at a third of its cost: for what is written once per message. */
  readonly wide: WriteLog
  /** The same logger with these fields on every line. */
  child(fields: LogFields): Logger
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface LoggerOptions {
  /** On every line: which part of Posthorn writes it. */
  name: string
  /** Default `info`. */
  level?: LogLevel
  /** Default: stdout, bounded (`stdoutLog`). */
  destination?: DestinationStream
}

/** JSON lines, object first. Secrets named by their field are censored; nothing here ever waits for the reader. */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? stdoutLog()
  const logger = pino(
    {
      name: options.name,
      level: options.level ?? 'info',
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: censorSecrets,
      },
      serializers: { err: (err: unknown) => describeError(err) },
    },
    destination,
  )
  const members = membersOf({ pid: process.pid, hostname: hostname(), name: options.name })
  return censoringLogger({ logger, destination, members })
}

interface LoggerParts {
  readonly logger: pino.Logger
  readonly destination: DestinationStream
  /** What is on every line of this logger, as JSON members. */
  readonly members: string
}

// Pino formats a child's fields by the child's own options only.
function censoringLogger({ logger, destination, members }: LoggerParts): Logger {
  const isWide = logger.isLevelEnabled('info')
  return {
    debug: (fields, name) => logger.debug(fields, name),
    info: (fields, name) => logger.info(fields, name),
    warn: (fields, name) => logger.warn(fields, name),
    error: (fields, name) => logger.error(fields, name),
    wide(fields, name) {
      if (!isWide) return
      const own = membersOf(fields)
      const msg = `${own === '' ? '' : ','}"msg":"${name}"`
      destination.write(`{"level":"info","time":"${isoTime()}",${members},${own}${msg}}\n`)
    },
    child: (fields) =>
      censoringLogger({
        logger: logger.child(censorSecrets(fields)),
        destination,
        members: [members, membersOf(fields)].filter((text) => text !== '').join(','),
      }),
  }
}

function membersOf(fields: LogFields): string {
  return JSON.stringify(censorSecrets(fields)).slice(1, -1)
}

let lastMs = 0
let lastTime = new Date(lastMs).toISOString()

// Many lines are of one millisecond, and its text costs as much as the rest of a line.
function isoTime(): string {
  const ms = Date.now()
  if (ms === lastMs) return lastTime
  lastMs = ms
  lastTime = new Date(ms).toISOString()
  return lastTime
}

/** Drops every line; for tests and for callers that don't care. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  wide: () => undefined,
  child: () => silentLogger,
}

const MAX_BUFFERED_CHARACTERS = 4 * 1024 * 1024
const STDOUT = 1
let stdout: BoundedOutput | undefined

/** The one log output of this process: its buffer is bounded at 4 MB of text, and counts what it drops. */
export function stdoutLog(): BoundedOutput {
  stdout ??= new BoundedOutput({
    ...chunkWriterTo(STDOUT),
    maxBuffered: MAX_BUFFERED_CHARACTERS,
    describeDrops: (count) =>
      `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), count, msg: 'log.dropped' })}\n`,
  })
  return stdout
}

/** Gives the lines written so far a second to leave the process. */
export async function drainLog(): Promise<void> {
  await stdout?.drain(1_000)
}
