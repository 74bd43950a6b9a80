import type * as api from '@posthorn/api'
import type * as ingest from '@posthorn/ingest'
import { type Env, type Logger, refuseFaults } from '@posthorn/runtime'
import type * as worker from '@posthorn/worker'
import type { Role, RoleGroup } from './roles.ts'

type WorkerCode = typeof worker
type ApiCode = typeof api
type IngestCode = typeof ingest

export interface RoleCode {
  readonly worker: WorkerCode | null
  readonly api: ApiCode | null
  readonly ingest: IngestCode | null
}

/** A process loads the code of its roles only. */
export async function loadRoles(roles: RoleGroup): Promise<RoleCode> {
  const has = (role: Role): boolean => roles.includes(role)
  const [worker, api, ingest] = await Promise.all([
    has('worker') ? import('@posthorn/worker') : null,
    has('api') ? import('@posthorn/api') : null,
    has('ingest') ? import('@posthorn/ingest') : null,
  ])
  return { worker, api, ingest }
}

/** The reading of each role's settings, for the first word on what is wrong with them. */
export function settingsOf(code: RoleCode, env: Env): readonly (() => unknown)[] {
  return [
    () => code.api?.loadApiConfig(env),
    () => code.ingest?.loadIngestConfig(env),
    () => code.worker?.loadWorkerConfig(env),
  ]
}

export interface RolesScope {
  readonly env: Env
  readonly logger: Logger
  /** When the process says that it is ready. */
  readonly served: Promise<unknown>
  /** Runs when all settings are known to be right, before anything else does. */
  readonly prepare: () => Promise<void>
}

export interface RunningRoles extends AsyncDisposable {
  /** Where there is an api among them. */
  readonly api: api.RunningApi | undefined
}

export async function startRoles(code: RoleCode, scope: RolesScope): Promise<RunningRoles> {
  refuseFaults(...settingsOf(code, scope.env))
  const openWorker = code.worker && prepareWorker(code.worker, scope)
  const openApi = code.api && prepareApi(code.api, scope)
  const openIngest = code.ingest && prepareIngest(code.ingest, scope)
  await scope.prepare()
  await using stack = new AsyncDisposableStack()
  const worker = openWorker === null ? undefined : stack.use(await openWorker())
  const ingest = openIngest === null ? undefined : stack.use(await openIngest(worker))
  const api = openApi === null ? undefined : stack.use(await openApi({ worker, ingest }))
  const running = stack.move()
  return { api, [Symbol.asyncDispose]: async () => running.disposeAsync() }
}

function prepareWorker(
  code: WorkerCode,
  { env, logger, served }: RolesScope,
): () => Promise<worker.RunningWorker> {
  const config = code.loadWorkerConfig(env)
  return async () => code.startWorker(config, { served, logger: logger.child({ role: 'worker' }) })
}

type OpenIngest = (worker: worker.RunningWorker | undefined) => Promise<ingest.RunningIngest>

function prepareIngest(code: IngestCode, { env, logger }: RolesScope): OpenIngest {
  const config = code.loadIngestConfig(env)
  return async (worker) => {
    const handOver = worker === undefined ? {} : { localDelivery: worker.localDelivery }
    return code.startIngest(config, { ...handOver, logger: logger.child({ role: 'ingest' }) })
  }
}

interface RolesBeside {
  readonly worker: worker.RunningWorker | undefined
  readonly ingest: ingest.RunningIngest | undefined
}

type OpenApi = (beside: RolesBeside) => Promise<api.RunningApi>

function prepareApi(code: ApiCode, { env, logger }: RolesScope): OpenApi {
  const config = code.loadApiConfig(env)
  return async ({ worker, ingest }) => {
    // In one process the worker sends what the api commits, without a job for it.
    const handOver = worker === undefined ? {} : { localDelivery: worker.localDelivery }
    const metricsBeside = async (): Promise<string> =>
      [await worker?.registry.metrics(), await ingest?.metrics()].join('')
    const ownLogger = logger.child({ role: 'api' })
    return code.startApi(config, { ...handOver, metricsBeside, logger: ownLogger })
  }
}
