import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Contender, ContenderPlan } from '../contender.ts'
import { type Child, startCommand, waitForChild } from '../stage/child.ts'
import { freePort } from '../stage/free-port.ts'
import type { Stage } from '../stage/stage.ts'
import { PosthornApi } from './posthorn-api.ts'
import { provisionPosthorn, retirePosthorn } from './provision-posthorn.ts'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const CLI = 'packages/cli/src/posthorn.ts'

export type Posthorn = Contender & { api: PosthornApi }

/** Posthorn as its users run it: the command line, settings in the environment, everything over HTTP. */
export async function startPosthorn(stage: Stage, plan: ContenderPlan): Promise<Posthorn> {
  await using started = new AsyncDisposableStack()
  const ports = { api: await freePort(), worker: await freePort() }
  const env: NodeJS.ProcessEnv = { ...(await settingsOf(stage, plan)), PORT: String(ports.api) }
  const processes: Record<string, number[]> = {}
  for (const roles of plan.arrangement.processes) {
    const port = roles === 'worker' ? ports.worker : ports.api
    const own = roles === 'worker' ? { POSTHORN_WORKER_PORT: String(port) } : {}
    const child = started.use(startProcess(roles, { ...env, ...own }))
    await waitForChild(child, () => isReady(port))
    processes[roles.replace(',', '+')] = [child.pid]
  }
  const api = new PosthornApi(`http://127.0.0.1:${ports.api}`, await makeToken(env))
  const all = started.move()
  return {
    side: 'posthorn',
    port: ports.api,
    authorization: api.authorization,
    roles: processes,
    queue: plan.arrangement.queue,
    api,
    provision: (plans) => provisionPosthorn(api, plans),
    retire: (application) => retirePosthorn(api, application),
    publishBody: (payload) => `{"eventType":"invoice.paid","payload":${payload}}`,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

async function settingsOf(
  stage: Stage,
  { arrangement, label, settings }: ContenderPlan,
): Promise<NodeJS.ProcessEnv> {
  const { REDIS_URL: _, ...inherited } = stage.environment.inherited
  const redisUrl = arrangement.queue === 'redis' ? stage.redis?.url : undefined
  return {
    ...inherited,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    NODE_ENV: 'production',
    DATABASE_URL: await stage.postgres.createDatabase(`bench_posthorn_${label}`),
    HOST: '127.0.0.1',
    POSTHORN_MODE: 'production',
    POSTHORN_HTTPS_ONLY: 'false',
    POSTHORN_ALLOW_SUBNETS: '127.0.0.0/8',
    POSTHORN_JWT_SECRET: randomBytes(32).toString('base64'),
    POSTHORN_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    POSTHORN_QUEUE_PREFIX: `bench-${process.pid}-${label}`,
    ...settings,
  }
}

function startProcess(roles: string, env: NodeJS.ProcessEnv): Child {
  return startCommand({
    file: process.execPath,
    args: [CLI, 'run', roles],
    env,
    folder: REPOSITORY,
  })
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ping`).catch(() => null)
  return answer?.status === 204
}

async function makeToken(env: NodeJS.ProcessEnv): Promise<string> {
  await using child = startCommand({
    file: process.execPath,
    args: [CLI, 'token'],
    env,
    folder: REPOSITORY,
  })
  await waitForChild(child, async () => child.ended() === 'code 0')
  const token = child.lastOutput().trim().split('\n').at(-1)
  if (token === undefined || token === '') throw new Error('posthorn token printed nothing')
  return token
}
