import type { LocalDelivery, ReceiveContext } from '@posthorn/core'
import { createLogger, type Logger, startHttpServer } from '@posthorn/runtime'
import { createApp, sayRefusal } from './app.ts'
import type { IngestConfig } from './config.ts'
import { openIngestContext } from './context.ts'
import { startCronTicker } from './cron/cron-ticker.ts'

export interface RunningIngest extends AsyncDisposable {
  readonly url: string
  /** What it counts, in Prometheus's text form. */
  readonly metrics: () => Promise<string>
}

export interface IngestStartOptions {
  /** The worker in this process: what is received here goes to it without a queue in between. */
  readonly localDelivery?: LocalDelivery
  /** Gets certificates and keys that requests name. */
  readonly fetchKey?: NonNullable<ReceiveContext['fetchKey']>
  /** PEM; what these certificates must be vouched for by. The runtime's own, unless given. */
  readonly trustedRoots?: NonNullable<ReceiveContext['trustedRoots']>
  /** How long a caller waits for a reply or a result: 30 seconds, unless a test hasn't the time. */
  readonly replyMs?: number
  readonly logger?: Logger
}

/** Whoever waits for a reply has an answer before connections are cut. */
const LAST_WAIT_MS = 1_000

/** Listens. Disposal takes no new requests, lets those under way end for a bounded time, then closes all. */
export async function startIngest(
  config: IngestConfig,
  options: IngestStartOptions = {},
): Promise<RunningIngest> {
  const logger = options.logger ?? createLogger({ name: 'ingest', level: config.logLevel })
  await using stack = new AsyncDisposableStack()
  const { ctx } = stack.use(await openIngestContext(config, { ...options, logger }))
  stack.use(startCronTicker(ctx))
  const app = createApp(ctx)
  const { url } = stack.use(
    await startHttpServer({
      ...config.http,
      listener: app,
      onContinue: app,
      sayRefusal,
    }),
  )
  stack.defer(() => ctx.replies.hurry(LAST_WAIT_MS))
  const resources = stack.move()
  return {
    url,
    metrics: () => ctx.metrics.registry.metrics(),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
