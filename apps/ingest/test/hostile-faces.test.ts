import { readFileSync } from 'node:fs'
import { createFlow, DEFAULT_FLOW, DEFAULT_OPTIONS } from '@posthorn/core'
import { expect, it } from 'vitest'
import { postLines, rawStatus } from './raw-request.ts'
import { startTestIngest } from './test-ingest.ts'
import { startIngestProcess } from './test-process.ts'

const MB = 1024 * 1024
/** What a process may hold at its peak, however much comes: many times what came, were it kept. */
const MAX_RESIDENT_MB = 1_200
const MAX_HEAP_MB = 512
const CUT_OFF = 0
const FACES = ['source', 'losant', 'flow'] as const

/** A real process whose heap can't grow without end, and one URL of each face. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const ingest = stack.use(await startTestIngest())
  const victim = stack.use(
    await startIngestProcess(ingest.databaseUrl, {
      NODE_OPTIONS: `--max-old-space-size=${MAX_HEAP_MB}`,
    }),
  )
  const source = await ingest.source({ options: { ...DEFAULT_OPTIONS, bodies: 'json' } })
  const losant = await ingest.source({ type: 'losant' })
  const flow = await createFlow(ingest.core, ingest.scope, {
    name: 'test',
    uid: null,
    application: null,
    tokenRequired: false,
    settings: DEFAULT_FLOW,
  })
  const resources = stack.move()
  return {
    ...ingest,
    victim,
    faces: {
      source: `${victim.url}/in/${source.token}`,
      losant: `${victim.url}/webhooks/${losant.token}`,
      flow: `${victim.url}/v1/flow-webhook/${flow.id}`,
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** What is answered at each of the three receiving faces. */
type Statuses = Readonly<Record<(typeof FACES)[number], number>>
type Setup = Awaited<ReturnType<typeof setup>>

interface Sent {
  readonly type: string
  readonly body: string | Buffer
}

async function post(url: string, { type, body }: Sent): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(Buffer.from(body)),
  })
  await answer.arrayBuffer()
  return answer.status
}

async function statuses(of: (face: (typeof FACES)[number]) => Promise<number>): Promise<Statuses> {
  const [source = 0, losant = 0, flow = 0] = await Promise.all(FACES.map(of))
  return { source, losant, flow }
}

function all(status: number): Statuses {
  return { source: status, losant: status, flow: status }
}

/** The peak of what the process held in memory. */
function peakMb(pid: number): number {
  const [, kB = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kB) / 1024
}

/** It is the process that started, serves at each face, has answered no 500, and holds no more than that. */
async function expectUnharmed({ victim, faces }: Setup): Promise<void> {
  const good = { type: 'application/json', body: '{"a":1}' }
  expect(await statuses((face) => post(faces[face], good))).toEqual(all(200))
  const metrics = await (await fetch(`${victim.url}/metrics`)).text()
  expect(metrics).toContain('status="200"')
  expect(metrics).not.toContain('status="500"')
  expect(victim.hasEnded()).toBe(false)
  expect(peakMb(victim.pid())).toBeLessThan(MAX_RESIDENT_MB)
}

it('30 MB is 413 at each face, declared and in chunks, however often it comes at once', async () => {
  await using served = await setup()
  const body = new Uint8Array(30 * MB)
  for (let round = 0; round < 2; round++) {
    const declared = { type: 'text/plain', body: Buffer.from(body.buffer) }
    expect(await statuses((face) => post(served.faces[face], declared))).toEqual(all(413))
    // Where there is no room for all, or who sends is slow, some are told to come again, or cut off.
    const chunked = FACES.flatMap((face) => Array(2).fill(served.faces[face]))
    const answers = await Promise.all(chunked.map(async (url) => sendChunks(url, body)))
    expect(answers).toContain(413)
    expect(answers.filter((status) => ![413, 503, 408, CUT_OFF].includes(status))).toEqual([])
  }
  await expectUnharmed(served)
}, 400_000)

async function sendChunks(url: string, body: Uint8Array): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new Blob([body]).stream(),
    duplex: 'half',
  }).catch(() => null)
  await answer?.arrayBuffer().catch(() => null)
  return answer?.status ?? CUT_OFF
}

it('bodies that never come to their end are 408 at each face, become nothing, and keep nobody from being served', async () => {
  await using served = await setup()
  const stuck = FACES.flatMap((face) => Array<string>(30).fill(served.faces[face]))
  const answers = stuck.map(async (url) =>
    rawStatus(url, `${postLines(url, ['content-length: 1000000'])}{"a":`),
  )
  const good = { type: 'application/json', body: '{"a":1}' }
  expect(await statuses((face) => post(served.faces[face], good))).toEqual(all(200))
  expect(await Promise.all(answers)).toEqual(stuck.map(() => 408))
  expect(await served.core.db.prisma.message.count()).toBe(3)
  await expectUnharmed(served)
}, 400_000)
