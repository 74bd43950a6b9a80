import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type {
  Application,
  ApplicationPlan,
  Arrangement,
  Contender,
  ContenderPlan,
} from '../contender.ts'
import { type Child, startCommand, waitForChild } from '../stage/child.ts'
import { freePort } from '../stage/free-port.ts'
import type { Stage } from '../stage/stage.ts'
import { createBaselineSchema } from './schema.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

export async function startBaseline(stage: Stage, plan: ContenderPlan): Promise<Contender> {
  await using started = new AsyncDisposableStack()
  const { arrangement, label } = plan
  const databaseUrl = await stage.postgres.createDatabase(`bench_baseline_${label}`)
  await createBaselineSchema(databaseUrl)
  const port = await freePort()
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  started.defer(() => admin.end())
  const processes: Record<string, number[]> = {}
  for (const roles of arrangement.processes) {
    const child = started.use(
      startProcess(stage, { roles, port, databaseUrl, queue: arrangement.queue }),
    )
    await waitForChild(child, async () => child.lastOutput().includes('ready'))
    processes[roles.replace(',', '+')] = [child.pid]
  }
  const all = started.move()
  return {
    side: 'baseline',
    port,
    authorization: 'none',
    roles: processes,
    queue: arrangement.queue,
    provision: (plans) => provision(admin, plans),
    // It tries each delivery once: nothing goes on after its answer.
    retire: async () => {},
    publishBody: (payload) => payload,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

type ProcessPlan = { roles: string; port: number; databaseUrl: string; queue: Arrangement['queue'] }

function startProcess(stage: Stage, { roles, port, databaseUrl, queue }: ProcessPlan): Child {
  const redisUrl = queue === 'redis' ? stage.redis?.url : undefined
  return startCommand({
    file: process.execPath,
    args: [MAIN],
    env: {
      ...stage.environment.inherited,
      NODE_ENV: 'production',
      BASELINE_ROLES: roles,
      BASELINE_PORT: String(port),
      BASELINE_DATABASE_URL: databaseUrl,
      ...(redisUrl === undefined ? {} : { BASELINE_REDIS_URL: redisUrl }),
    },
  })
}

async function provision(
  admin: pg.Pool,
  plans: readonly ApplicationPlan[],
): Promise<Application[]> {
  const applications: Application[] = []
  for (const { endpoints } of plans) {
    // An application is named after its first endpoint, whose number is unique in the run.
    const id = endpoints[0]?.number ?? 0
    await admin.query(
      `insert into endpoint (id, application_id, url, secret)
       select endpoint_id, $1, url, $4 from unnest($2::int[], $3::text[]) as planned (endpoint_id, url)`,
      [id, endpoints.map(({ number }) => number), endpoints.map(({ url }) => url), randomBytes(24)],
    )
    applications.push({
      id: String(id),
      publishPath: `/publish/${id}`,
      endpoints: endpoints.map(({ number }) => ({ number, id: String(number) })),
    })
  }
  return applications
}
