import { createPayloadValidator, type PayloadValidator } from '@posthorn/catalog'
import { BodyConverter } from '@posthorn/conversion'
import {
  ApplicationSnapshots,
  type AuthContext,
  type Authenticator,
  createAuthenticator,
  createTokens,
  createVault,
  type EndpointContext,
  JoinedEventTypes,
  listenForChanges,
  type LocalDelivery,
  MessageWriter,
  Pace,
  type ReceiveContext,
  RequestLog,
} from '@posthorn/core'
import type { AlertContext } from '@posthorn/core/alert'
import type { NoticeContext } from '@posthorn/core/notice'
import { SendingsHeard } from '@posthorn/core/sending'
import { createPasswords, type StaffContext } from '@posthorn/core/staff'
import { type Database, databaseBytes, openDatabase, startDatabaseClock } from '@posthorn/db'
import { type DeliveryQueue, migrateQueue, openDeliveryQueue } from '@posthorn/queue'
import { type Clock, createBearerCheck, type Logger, seldom } from '@posthorn/runtime'
import {
  type CheckedUrl,
  createPinnedFetcher,
  type NameResolverOptions,
  UrlChecker,
  type UrlPolicy,
} from '@posthorn/safe-http'
import type { ApiConfig } from './config.ts'
import { type ApiEvents, createApiEvents } from './events.ts'
import { ingestUrlOf } from './http/ingest-url.ts'
import { createExampleLimit, createRateLimit } from './http/rate-limit.ts'
import { createApiMetrics, type ApiMetrics } from './metrics.ts'
import type { OpenIdClient } from './openid/openid-client.ts'
import { createSchemaCache, type SchemaCache } from './publish/schema-cache.ts'

/** All that the api's parts are made of; disposed of in the opposite order. */
export interface ApiContext
  extends AuthContext, EndpointContext, ReceiveContext, StaffContext, AlertContext, NoticeContext {
  readonly authenticator: Authenticator
  readonly limitRate: (principalId: string) => void
  readonly limitExamples: (endpointId: string) => void
  readonly urlPolicy: UrlPolicy
  /** With the host looked up, for one that is being typed. */
  readonly checkUrl: (text: string) => Promise<CheckedUrl>
  readonly pages: ApiConfig['pages']
  readonly staff: StaffSettings
  /** Null: nobody signs in that way. */
  readonly openId: OpenIdClient | null
  readonly queue: Pick<DeliveryQueue, 'look'>
  readonly validator: PayloadValidator
  readonly schemas: SchemaCache
  readonly deliverySettings: ApiConfig['delivery']
  readonly installation: ApiConfig['installation']
  /** Base of links to the pages; null: as the request came. */
  readonly publicUrl: string | null
  /** Whose pages may call from a browser; null: any. */
  readonly allowedOrigins: readonly string[] | null
  /** Where sources receive, given the origin of a request. */
  readonly ingestUrl: (origin: string) => string
  /** Where this process calls sources itself: never a host that a caller named. */
  readonly ingestCallUrl: string
  /** What workers tell of requests on their way. */
  readonly sendings: SendingsHeard
  readonly nudge: (() => void) | undefined
  readonly events: ApiEvents
  readonly metrics: ApiMetrics
  /** By the request's `Authorization`. */
  readonly mayReadMetrics: (authorization: string | undefined) => boolean
  /** Of the other roles in this process. */
  readonly metricsBeside: () => Promise<string>
}

/** How the console is reached. */
export interface StaffSettings {
  /** Null: at the api's own host. */
  readonly consoleUrl: string | null
  readonly trustedProxies: ApiConfig['staff']['trustedProxies']
  /** Whether browsers come by https, so that cookies may ask for it. */
  readonly isSecure: boolean
}

export interface ApiOverrides {
  /** The worker in this process. */
  readonly localDelivery?: LocalDelivery
  readonly metricsBeside?: () => Promise<string>
  readonly validator?: PayloadValidator
  /** Where names are looked up, of URLs that are being typed. */
  readonly resolver?: NameResolverOptions
  /** Gets certificates and keys that requests name; from the providers' own hosts, unless given. */
  readonly fetchKey?: NonNullable<ReceiveContext['fetchKey']>
  readonly logger: Logger
}

export interface OpenContext extends AsyncDisposable {
  readonly ctx: ApiContext
}

export async function openApiContext(
  config: ApiConfig,
  overrides: ApiOverrides,
): Promise<OpenContext> {
  const { logger, localDelivery } = overrides
  await using stack = new AsyncDisposableStack()
  const db = stack.use(openApiDatabase(config, logger))
  const clock = stack.use(await startDatabaseClock(db.hot))
  await migrateQueue(config.queue)
  const metrics = createApiMetrics({
    waitingPublishes: () => writer.waiting,
    databaseBytes: () => databaseBytes(db.hot),
  })
  const events = createApiEvents(logger, metrics)
  const onError = (err: Error): void => events.failed('queue', err)
  const dispatch = stack.use(openDeliveryQueue({ backend: config.queue, onError }))
  const onBatch = (messages: number): void => metrics.publishBatch(messages)
  const writer = stack.use(
    new MessageWriter({ db, clock, dispatch, localDelivery: localDelivery ?? null, onBatch }),
  )
  const auth = createAuthContext(config, db, clock)
  const told = listen(stack, auth, events)
  const urls = stack.use(openUrlChecker(config, overrides))
  const ctx: ApiContext = {
    ...auth,
    ...told,
    queue: dispatch,
    writer,
    events,
    metrics,
    limitRate: createRateLimit(config.http.rateLimit),
    limitExamples: createExampleLimit(),
    urlPolicy: config.urlPolicy,
    checkUrl: (text) => urls.check(text),
    ...(await pagesContext(config)),
    deliverySettings: config.delivery,
    installation: config.installation,
    disableAfterSeconds: config.disableAfterSeconds,
    canMail: config.canMail,
    validator: stack.use(overrides.validator ?? createPayloadValidator()),
    snapshots: new ApplicationSnapshots(auth),
    ...openReleasing(stack, db, { ...config, ...overrides }),
    mayReadMetrics: createBearerCheck(config.http.metricsToken),
    metricsBeside: overrides.metricsBeside ?? (() => Promise.resolve('')),
    nudge: localDelivery === undefined ? undefined : () => localDelivery.nudge(),
  }
  const resources = stack.move()
  return { ctx, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

type ReleasingContext = Pick<
  ApiContext,
  'eventTypes' | 'requestLog' | 'convertBody' | 'fetchKey' | 'refusals'
>

/** What judges again what waits in quarantine. */
function openReleasing(
  stack: AsyncDisposableStack,
  db: Database,
  { keyRefusals, fetchKey }: ApiConfig & ApiOverrides,
): ReleasingContext {
  return {
    eventTypes: new JoinedEventTypes(db),
    requestLog: stack.use(new RequestLog(db)),
    convertBody: stack.use(new BodyConverter()).convert,
    fetchKey: fetchKey ?? stack.use(createPinnedFetcher(keyRefusals)).fetch,
    // What comes out of quarantine was counted when it came in.
    refusals: new Pace({ perSecond: 1, burst: 1 }),
  }
}

type PagesContext = Pick<
  ApiContext,
  | 'pages'
  | 'passwords'
  | 'staff'
  | 'openId'
  | 'publicUrl'
  | 'canNotify'
  | 'allowedOrigins'
  | 'ingestUrl'
  | 'ingestCallUrl'
>

async function pagesContext(config: ApiConfig): Promise<PagesContext> {
  const { http, pages } = config
  const { openId } = config.staff
  return {
    pages,
    publicUrl: http.publicUrl,
    canNotify: config.canNotify,
    allowedOrigins: http.allowedOrigins,
    ingestUrl: (origin) => ingestUrlOf(http, origin),
    ingestCallUrl: ingestUrlOf(http, ''),
    passwords: createPasswords(),
    staff: staffSettings(config),
    openId: openId === null ? null : await openOpenIdClient(openId),
  }
}

// Loaded only where users sign in that way.
async function openOpenIdClient(config: OpenIdClient['config']): Promise<OpenIdClient> {
  const { createOpenIdClient } = await import('./openid/openid-client.ts')
  return createOpenIdClient(config)
}

function staffSettings({ staff, http }: ApiConfig): StaffSettings {
  const base = staff.consoleUrl ?? http.publicUrl
  const isSecure = base?.startsWith('https:') ?? false
  return { consoleUrl: staff.consoleUrl, trustedProxies: staff.trustedProxies, isSecure }
}

function openUrlChecker({ urlPolicy }: ApiConfig, { resolver }: ApiOverrides): UrlChecker {
  return new UrlChecker({ policy: urlPolicy, ...(resolver === undefined ? {} : { resolver }) })
}

function openApiDatabase(config: ApiConfig, logger: Logger): Database {
  const warn = seldom(logger.warn)
  return openDatabase({
    ...config.database,
    hotConnections: 4,
    ordinaryConnections: 8,
    applicationName: 'posthorn api',
    onConnectionError: (err) => warn({ err }, 'database.connection_lost'),
  })
}

function createAuthContext({ secrets }: ApiConfig, db: Database, clock: Clock): AuthContext {
  const vault = createVault(secrets.encryptionKeys)
  return { db, clock, vault, tokens: createTokens(secrets.jwtSecret) }
}

type Told = Pick<ApiContext, 'authenticator' | 'schemas' | 'sendings'>

/** What this process hears of others; its caches forget what changes. */
function listen(stack: AsyncDisposableStack, auth: AuthContext, events: ApiEvents): Told {
  const told = {
    authenticator: createAuthenticator(auth),
    schemas: createSchemaCache(auth.db),
    sendings: new SendingsHeard(),
  }
  const listener = listenForChanges({
    directUrl: auth.db.directUrl,
    onChange: (change) => {
      if (change.kind === 'principal') told.authenticator.forget()
      if (change.kind === 'event_type') told.schemas.forget(change.orgId)
      if (change.kind === 'sending') told.sendings.hear(change.sending)
    },
    onGap: () => {
      told.authenticator.forget()
      told.schemas.forgetAll()
    },
    onError: (err) => events.failed('listen', err),
  })
  stack.use(listener)
  return told
}
