import { startBaseline } from '../baseline/start-baseline.ts'
import { arrangementsOf, type Bench } from '../bench.ts'
import type { Application, Arrangement, Contender, ContenderPlan } from '../contender.ts'
import { payloadOf } from '../payload.ts'
import { type Posthorn, startPosthorn } from '../product/start-posthorn.ts'
import { timeLists } from './growth-lists.ts'
import { timeRecover } from './growth-recover.ts'
import { type Growth, GROWTH_HEAD, growthRow, judgeGrowth } from './growth-rows.ts'
import { runRound } from './run-round.ts'
import { roundFaults, type ScenarioReport } from './scenario-report.ts'

type Sides = {
  empty: Contender
  stored: Contender
  storedApplication: Application
  emptyApplication: Application
}

type Outcome = { growths: Growth[]; faults: string[] }

export async function runGrowth(bench: Bench): Promise<ScenarioReport> {
  const outcome: Outcome = { growths: [], faults: [] }
  for (const arrangement of arrangementsOf(bench, ['one'])) {
    if (bench.options.sides.includes('posthorn')) await growPosthorn(bench, arrangement, outcome)
    if (bench.options.sides.includes('baseline')) await growBaseline(bench, arrangement, outcome)
  }
  const { growths, faults } = outcome
  return {
    head: GROWTH_HEAD,
    rows: growths.map(growthRow),
    verdicts: growths.filter(({ side }) => side === 'posthorn').map(judgeGrowth),
    faults,
    raw: growths,
  }
}

async function growPosthorn(
  bench: Bench,
  arrangement: Arrangement,
  outcome: Outcome,
): Promise<void> {
  // One attempt per message, so that what shall be recovered has failed for good.
  const settings = { POSTHORN_RETRY_SCHEDULE: 'none' }
  await using empty = await startPosthorn(bench.stage, { arrangement, label: 'empty', settings })
  await using stored = await startPosthorn(bench.stage, { arrangement, label: 'stored', settings })
  const sides = await fill(bench, { empty, stored }, outcome)
  await measurePublish(bench, sides, outcome)
  await measurePosthorn(bench, { ...sides, empty, stored }, outcome)
}

async function growBaseline(
  bench: Bench,
  arrangement: Arrangement,
  outcome: Outcome,
): Promise<void> {
  const plan = (label: string): ContenderPlan => ({ arrangement, label })
  await using empty = await startBaseline(bench.stage, plan('empty'))
  await using stored = await startBaseline(bench.stage, plan('stored'))
  await measurePublish(bench, await fill(bench, { empty, stored }, outcome), outcome)
}

// Published like everything else, so that what is stored is what a user's year would have left.
async function fill(
  bench: Bench,
  both: Pick<Sides, 'empty' | 'stored'>,
  outcome: Outcome,
): Promise<Sides> {
  const emptyApplication = await provisionOne(bench, both.empty)
  const storedApplication = await provisionOne(bench, both.stored)
  const chunk = 50_000
  let left = bench.options.stored ?? 1_000_000
  while (left > 0) {
    bench.say(`${both.stored.side}: ${left} messages still to store`)
    const round = await runRound(bench.stage, {
      contender: both.stored,
      applications: [storedApplication],
      payload: payloadOf(300),
      pace: { kind: 'closed', publishers: 256 },
      until: { messages: Math.min(chunk, left) },
    })
    outcome.faults.push(...roundFaults(round, `${both.stored.side}, storing`))
    left -= chunk
  }
  return { ...both, emptyApplication, storedApplication }
}

async function provisionOne(bench: Bench, contender: Contender): Promise<Application> {
  const [application] = await contender.provision(bench.plan(1, 1))
  if (application === undefined) throw new Error('no application was created')
  return application
}

async function measurePublish(bench: Bench, sides: Sides, outcome: Outcome): Promise<void> {
  const growth: Growth = {
    side: sides.empty.side,
    what: 'publish and deliver, ms each',
    empty: [],
    stored: [],
  }
  const pairs = [
    ['empty', sides.empty, sides.emptyApplication],
    ['stored', sides.stored, sides.storedApplication],
  ] as const
  for (let number = 0; number <= (bench.options.rounds ?? 3); number++) {
    for (const [size, contender, application] of pairs) {
      await bench.stage.postgres.checkpoint()
      const round = await runRound(bench.stage, {
        contender,
        applications: [application],
        payload: payloadOf(300),
        pace: { kind: 'closed', publishers: bench.options.publishers ?? 64 },
        until: { seconds: bench.options.seconds ?? 5 },
      })
      outcome.faults.push(...roundFaults(round, `${contender.side}, ${size}`))
      // The first pair only warms both processes up.
      if (number > 0) growth[size].push(1000 / round.deliveriesPerSecond)
      bench.say(`${contender.side}, ${size}: ${Math.round(round.deliveriesPerSecond)}/s`)
    }
  }
  outcome.growths.push(growth)
}

type PosthornSides = Sides & { empty: Posthorn; stored: Posthorn }

async function measurePosthorn(
  bench: Bench,
  sides: PosthornSides,
  outcome: Outcome,
): Promise<void> {
  const messages: Growth = {
    side: 'posthorn',
    what: 'list messages, p50 ms',
    empty: [],
    stored: [],
  }
  const attempts: Growth = {
    side: 'posthorn',
    what: 'list attempts, p50 ms',
    empty: [],
    stored: [],
  }
  const recover: Growth = {
    side: 'posthorn',
    what: 'recover 1,000 failed, ms',
    empty: [],
    stored: [],
  }
  const pairs = [
    ['empty', sides.empty, sides.emptyApplication],
    ['stored', sides.stored, sides.storedApplication],
  ] as const
  for (let number = 0; number < (bench.options.rounds ?? 3); number++) {
    for (const [size, posthorn, application] of pairs) {
      const lists = await timeLists(posthorn, application)
      messages[size].push(lists.messagesMs)
      attempts[size].push(lists.attemptsMs)
      const recovered = await timeRecover(bench, posthorn)
      recover[size].push(recovered.ms)
      if (recovered.lost > 0)
        outcome.faults.push(`recover, ${size}: ${recovered.lost} never arrived`)
      bench.say(
        `posthorn, ${size}: lists ${lists.messagesMs.toFixed(1)} ms, recover ${Math.round(recovered.ms)} ms`,
      )
    }
  }
  outcome.growths.push(messages, attempts, recover)
}
