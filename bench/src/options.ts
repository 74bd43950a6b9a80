import { parseArgs } from 'node:util'

const SCENARIOS = [
  'throughput',
  'latency',
  'fanout',
  'sick',
  'paced',
  'growth',
  'ingest',
  'pages',
] as const
export type ScenarioName = (typeof SCENARIOS)[number]

export type BenchOptions = {
  scenario: ScenarioName
  /** Null where the scenario's own default holds. */
  rounds: number | null
  seconds: number | null
  warmUp: number | null
  publishers: number | null
  rate: number | null
  endpoints: number[] | null
  bytes: number[] | null
  stored: number | null
  /** Loopback addresses that the receiver listens at, and that endpoints are spread over. */
  hosts: number
  arrangements: string[] | null
  /** One side alone, for looking closer; a comparison needs both. */
  sides: string[]
  jsonFile: string | null
  /** Less stored, for a look in between (pages). */
  quick: boolean
}

export const USAGE = `npm run bench -- <scenario> [options]

scenarios: ${SCENARIOS.join(', ')}

  --rounds N            rounds of each side, interleaved
  --seconds N           length of a round
  --warm-up N           seconds of the uncounted first round of each side (12)
  --publishers N        connections of the closed loop
  --rate N              messages/s of the open loop (latency, sick)
  --endpoints N,N       endpoints, over as many applications (fanout: of the one application)
  --bytes N,N           payload sizes
  --stored N            messages stored before the second half (growth), or waiting (paced)
  --hosts N             addresses from 127.0.0.1 on that endpoints are spread over (1; more where all of 127/8 is loopback)
  --arrangements A,B    one, apart-redis, apart-pg, one-redis
  --sides A,B           posthorn, baseline
  --json FILE           every round as JSON
  --quick               1,000 endpoints and 50,000 messages instead of 10,000 and 1,000,000 (pages)

environment: REDIS_URL, BENCH_DATABASE_URL (an administrator's); without them the bench starts its own.
CHROMIUM_PATH (pages): where the system has none in a usual place.`

/** The options, or what is wrong with them. */
export function readOptions(args: string[]): BenchOptions | string {
  try {
    const { values, positionals } = parseArgs({ args, options: FLAGS, allowPositionals: true })
    const scenario = SCENARIOS.find((name) => name === positionals[0])
    if (scenario === undefined) return `no scenario named ${positionals[0] ?? '(none)'}`
    return {
      scenario,
      rounds: whole(values.rounds),
      seconds: whole(values.seconds),
      warmUp: whole(values['warm-up']),
      publishers: whole(values.publishers),
      rate: whole(values.rate),
      endpoints: listed(values.endpoints)?.map(count) ?? null,
      bytes: listed(values.bytes)?.map(count) ?? null,
      stored: whole(values.stored),
      hosts: count(values.hosts),
      arrangements: listed(values.arrangements),
      sides: listed(values.sides) ?? ['posthorn', 'baseline'],
      jsonFile: values.json ?? null,
      quick: values.quick,
    }
  } catch (err) {
    return err instanceof Error ? err.message : String(err)
  }
}

const text = { type: 'string' } as const
const FLAGS = {
  rounds: text,
  seconds: text,
  'warm-up': text,
  publishers: text,
  rate: text,
  endpoints: text,
  bytes: text,
  stored: text,
  hosts: { type: 'string', default: '1' } as const,
  arrangements: text,
  sides: text,
  json: text,
  quick: { type: 'boolean', default: false } as const,
}

function listed(value: string | undefined): string[] | null {
  return value?.split(',') ?? null
}

function whole(value: string | undefined): number | null {
  return value === undefined ? null : count(value)
}

function count(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new Error(`${value} is not a count`)
  return number
}
