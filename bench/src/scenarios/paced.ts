import { startBaseline } from '../baseline/start-baseline.ts'
import { arrangementsOf, type Bench } from '../bench.ts'
import type { Arrangement } from '../contender.ts'
import { payloadOf } from '../payload.ts'
import { startPosthorn } from '../product/start-posthorn.ts'
import { whole } from './comparison-rows.ts'
import { type PacedRun, runPaced as runPacedPosthorn } from './paced-run.ts'
import { type Round, runRound } from './run-round.ts'
import { type ScenarioReport, verdict } from './scenario-report.ts'

const EFFECT_SECONDS = 5
const MOST_CPU_SHARE = 0.05

const HEAD = [
  'arrangement',
  'limit/s',
  'waiting',
  'most in any 1 s',
  'in the time',
  'CPU of a core',
  'by process',
  'most in 1 s after idle',
  'in 5 s after the raise',
  'then/s',
  'baseline without limit/s',
  'ratio',
  'lost',
  'twice',
]

type PacedPair = { arrangement: string; paced: PacedRun; bare: Round | null }

/** A backlog behind a limit: kept to at the receiver, cheap while it waits, gone once the limit is raised. */
export async function runPaced(bench: Bench): Promise<ScenarioReport> {
  const pairs: PacedPair[] = []
  for (const arrangement of arrangementsOf(bench, ['one', 'apart-redis', 'apart-pg'])) {
    const bare = bench.options.sides.includes('baseline')
      ? await bareDrain(bench, arrangement)
      : null
    await using contender = await startPosthorn(bench.stage, {
      arrangement,
      label: arrangement.name,
    })
    bench.say(`${arrangement.name}: a backlog behind a limit`)
    pairs.push({
      arrangement: arrangement.name,
      paced: await runPacedPosthorn(bench, contender),
      bare,
    })
  }
  return {
    head: HEAD,
    rows: pairs.map(pairRow),
    verdicts: pairs.map(judgeCpu),
    faults: pairs.flatMap(faultsOf),
    raw: pairs,
  }
}

// The baseline has no limit: it shows how fast the same backlog could leave.
async function bareDrain(bench: Bench, arrangement: Arrangement): Promise<Round> {
  await using contender = await startBaseline(bench.stage, { arrangement, label: arrangement.name })
  const applications = await contender.provision(bench.plan(1, 1))
  return await runRound(bench.stage, {
    contender,
    applications,
    payload: payloadOf(300),
    pace: { kind: 'closed', publishers: 64 },
    until: { messages: bench.options.stored ?? 5_000 },
  })
}

function pairRow({ arrangement, paced, bare }: PacedPair): string[] {
  const bareRate = bare?.deliveriesPerSecond ?? Number.NaN
  return [
    arrangement,
    String(paced.limit),
    whole(paced.waiting),
    String(paced.mostInSecond),
    `${paced.inTime} in ${paced.seconds} s`,
    `${(paced.cpuShare * 100).toFixed(1)} %`,
    Object.entries(paced.cpuMs)
      .map(([role, ms]) => `${role} ${((ms / paced.seconds / 1000) * 100).toFixed(1)} %`)
      .join(', '),
    String(paced.mostInSecondAfterIdle),
    whole(paced.soonAfterRaise),
    whole(paced.drainPerSecond),
    whole(bareRate),
    (paced.drainPerSecond / bareRate).toFixed(2),
    String(paced.lost),
    String(paced.duplicates),
  ]
}

function judgeCpu({ arrangement, paced }: PacedPair): string {
  const share = `${(paced.cpuShare * 100).toFixed(1)} % of a core`
  return verdict(`${arrangement}: ${share} while waiting (< 5 %)`, paced.cpuShare < MOST_CPU_SHARE)
}

function faultsOf({ arrangement, paced }: PacedPair): string[] {
  const most = paced.limit + 1
  const bounds: [string, boolean][] = [
    [`${paced.lost} never arrived`, paced.lost > 0],
    [`${paced.duplicates} attempts wasted on what had arrived`, paced.duplicates > 0],
    [`${paced.mostInSecond} in one second, limit ${paced.limit}`, paced.mostInSecond > most],
    [`${paced.mostInSecondAfterIdle} in one second after idle`, paced.mostInSecondAfterIdle > most],
    [`${paced.inTime} in ${paced.seconds} s`, paced.inTime > paced.seconds * paced.limit + 1],
    [
      `a raised limit had no effect within ${EFFECT_SECONDS} s`,
      paced.soonAfterRaise <= EFFECT_SECONDS * paced.limit + 1,
    ],
  ]
  return bounds.filter(([, isBroken]) => isBroken).map(([text]) => `${arrangement}: ${text}`)
}
