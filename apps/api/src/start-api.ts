import type { PayloadValidator } from '@posthorn/catalog'
import type { AuthContext, LocalDelivery } from '@posthorn/core'
import { createLogger, type Logger, startHttpServer } from '@posthorn/runtime'
import type { NameResolverOptions } from '@posthorn/safe-http'
import { createApp, sayRefusal } from './app.ts'
import type { ApiConfig } from './config.ts'
import { type ApiContext, openApiContext } from './context.ts'

export interface RunningApi extends AsyncDisposable {
  readonly url: string
  /** What it works with, for more of the same in its process. */
  readonly core: AuthContext
}

export interface ApiStartOptions {
  /** The worker in this process: what is published here goes to it without a queue in between. */
  readonly localDelivery?: LocalDelivery
  /** What the other roles in this process count, in Prometheus's text form. */
  readonly metricsBeside?: () => Promise<string>
  /** Of payloads and schemas; ends with the api. */
  readonly validator?: PayloadValidator
  /** Gets certificates and keys that requests in quarantine name. */
  readonly fetchKey?: NonNullable<ApiContext['fetchKey']>
  /** Where names of URLs that are being typed are looked up; the system's servers by default. */
  readonly resolver?: NameResolverOptions
  readonly logger?: Logger
}

/** Listens. Disposal takes no new requests, lets those under way end for a bounded time, then closes all. */
export async function startApi(
  config: ApiConfig,
  options: ApiStartOptions = {},
): Promise<RunningApi> {
  const logger = options.logger ?? createLogger({ name: 'api', level: config.logLevel })
  await using stack = new AsyncDisposableStack()
  const open = stack.use(await openApiContext(config, { ...options, logger }))
  const { url } = stack.use(
    await startHttpServer({
      ...config.http,
      listener: createApp(open.ctx),
      sayRefusal,
    }),
  )
  const resources = stack.move()
  return { url, core: open.ctx, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
