import { startBaseline } from './baseline/start-baseline.ts'
import {
  type ApplicationPlan,
  type Arrangement,
  ARRANGEMENTS,
  type Contender,
} from './contender.ts'
import type { BenchOptions } from './options.ts'
import { startPosthorn } from './product/start-posthorn.ts'
import { loopbackHost } from './stage/loopback-host.ts'
import type { Stage } from './stage/stage.ts'

/** One run of the bench, as a scenario sees it. */
export type Bench = {
  stage: Stage
  options: BenchOptions
  say: (line: string) => void
  /** Plans of so many applications with so many endpoints each, all at the receiver, numbered anew. */
  plan: (applications: number, endpointsEach: number) => ApplicationPlan[]
}

export function createBench(stage: Stage, options: BenchOptions): Bench {
  let lastNumber = 0
  const plan = () => {
    const number = ++lastNumber
    const host = loopbackHost(number % options.hosts)
    return { number, url: `http://${host}:${stage.receiverPort}/e/${number}` }
  }
  return {
    stage,
    options,
    say: (line) => process.stderr.write(`${line}\n`),
    plan: (applications, endpointsEach) =>
      Array.from({ length: applications }, () => ({
        endpoints: Array.from({ length: endpointsEach }, plan),
      })),
  }
}

/** The arrangements asked for, without those on Redis where there is none. */
export function arrangementsOf(
  { stage, options, say }: Bench,
  defaults: readonly string[],
): Arrangement[] {
  const names = options.arrangements ?? defaults
  const unknown = names.filter((name) => !ARRANGEMENTS.some((known) => known.name === name))
  if (unknown.length > 0) throw new Error(`no arrangement named ${unknown.join(', ')}`)
  const asked = ARRANGEMENTS.filter(({ name }) => names.includes(name))
  const possible = asked.filter(({ queue }) => queue !== 'redis' || stage.redis !== null)
  if (possible.length < asked.length) {
    say('no REDIS_URL and no redis-server: the arrangements on Redis are left out')
  }
  return possible
}

/** Both sides, started and idle; stopped when `use` ends. */
export async function withContenders(
  bench: Bench,
  arrangement: Arrangement,
  use: (contenders: Contender[]) => Promise<void>,
): Promise<void> {
  await using started = new AsyncDisposableStack()
  const contenders: Contender[] = []
  for (const [side, start] of [
    ['posthorn', startPosthorn],
    ['baseline', startBaseline],
  ] as const) {
    if (!bench.options.sides.includes(side)) continue
    bench.say(`${arrangement.name}: starting ${side}`)
    contenders.push(started.use(await start(bench.stage, { arrangement, label: arrangement.name })))
  }
  await use(contenders)
}
