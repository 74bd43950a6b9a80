import type { Bench } from '../bench.ts'
import { ARRANGEMENTS } from '../contender.ts'
import { openBrowser } from '../pages/bench-browser.ts'
import { type Finding, FINDING_HEAD, findingRow, judgeFinding } from '../pages/finding.ts'
import { measurePaint } from '../pages/paint.ts'
import { type Scale, seed, type Seeded } from '../pages/seed.ts'
import { timeServerLists } from '../pages/server-lists.ts'
import { measureUse } from '../pages/use.ts'
import { type Posthorn, startPosthorn } from '../product/start-posthorn.ts'
import type { ScenarioReport } from './scenario-report.ts'

const WHOLE: Scale = { endpoints: 10_000, messages: 1_000_000, eventTypes: 500 }
const QUICK: Scale = { endpoints: 1_000, messages: 50_000, eventTypes: 500 }
const LABEL = 'pages'

/** The portal over much that is stored: its lists at the server, its paint, its use in a browser. */
export async function runPages(bench: Bench): Promise<ScenarioReport> {
  const scale = bench.options.quick ? QUICK : WHOLE
  const arrangement = ARRANGEMENTS.find(({ name }) => name === 'one')
  if (arrangement === undefined) throw new Error('There is no arrangement named one.')
  await using posthorn = await startPosthorn(bench.stage, { arrangement, label: LABEL })
  const seeded = await fill(bench, posthorn, scale)
  bench.say('timing the lists at the server')
  const findings = await timeServerLists(posthorn.api, seeded)
  await using browser = await openBrowser(bench.stage.environment.chromiumPath)
  const link = () => linkTo(posthorn, seeded.appId)
  bench.say('measuring paint on a slow line')
  findings.push(...(await measurePaint({ browser, link })))
  bench.say('measuring use')
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const message = { eventType: 'invoice.paid', payload: { live: true } }
  const publish = () => posthorn.api.post(`/app/${seeded.appId}/msg`, message)
  findings.push(...(await measureUse({ page, link, publish })))
  return report(findings, seeded, scale)
}

async function fill(bench: Bench, posthorn: Posthorn, scale: Scale): Promise<Seeded> {
  const [application] = await posthorn.provision(bench.plan(1, 1))
  const endpointId = application?.endpoints[0]?.id
  if (application === undefined || endpointId === undefined)
    throw new Error('no application was created')
  await posthorn.api.post('/event-type', { name: 'invoice.paid', description: 'Paid' })
  bench.say(`storing ${scale.endpoints} endpoints and ${scale.messages} messages`)
  const databaseUrl = bench.stage.postgres.urlOf(`bench_posthorn_${LABEL}`)
  return seed({ databaseUrl, scale, appId: application.id, endpointId })
}

async function linkTo({ api }: Posthorn, appId: string): Promise<string> {
  const access = await api.post(`/auth/app-portal-access/${appId}`, {})
  const url: unknown = Reflect.get(Object(access), 'url')
  if (typeof url !== 'string') throw new Error('The API answered without a link.')
  return url
}

function report(findings: readonly Finding[], seeded: Seeded, scale: Scale): ScenarioReport {
  const faults = (['endpoints', 'messages'] as const).flatMap((name) =>
    seeded[name] < scale[name] ? [`only ${seeded[name]} ${name} were stored`] : [],
  )
  const missing = findings.filter(({ value }) => !Number.isFinite(value))
  return {
    head: FINDING_HEAD,
    rows: findings.map(findingRow),
    verdicts: findings.flatMap(judgeFinding),
    faults: [...faults, ...missing.map(({ what }) => `${what}: not measured`)],
    raw: { seeded, findings },
    checked: `${seeded.endpoints} endpoints and ${seeded.messages} messages were stored, every figure was measured`,
  }
}
