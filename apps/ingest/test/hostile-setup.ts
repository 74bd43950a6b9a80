import { readFileSync } from 'node:fs'
import { createFlow, DEFAULT_FLOW, DEFAULT_OPTIONS } from '@posthorn/core'
import { expect } from 'vitest'
import { startTestIngest } from './test-ingest.ts'
import { startIngestProcess } from './test-process.ts'

const MAX_HEAP_MB = 512
/** What a process may hold at its peak, however much comes: its heap, those of two threads, and a few bodies. */
const MAX_RESIDENT_MB = 1_600
export const FACES = ['source', 'losant', 'flow'] as const

type FaceName = (typeof FACES)[number]
/** What is answered at each of the three receiving faces. */
export type Statuses = Readonly<Record<FaceName, number>>
export type HostileSetup = Awaited<ReturnType<typeof setupHostile>>

/** A real process whose heap can't grow without end, and one URL of each face. */
export async function setupHostile() {
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

export interface HostileRequest {
  readonly type: string
  readonly body: string | Buffer
  readonly query?: string
}

export async function post(
  url: string,
  { type, body, query = '' }: HostileRequest,
): Promise<number> {
  const answer = await fetch(url + query, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(Buffer.from(body)),
  })
  await answer.arrayBuffer()
  return answer.status
}

export async function statuses(of: (face: FaceName) => Promise<number>): Promise<Statuses> {
  const [source = 0, losant = 0, flow = 0] = await Promise.all(FACES.map(of))
  return { source, losant, flow }
}

export function all(status: number): Statuses {
  return { source: status, losant: status, flow: status }
}

/** What the process holds in memory, now or at its peak. */
export function residentMb(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, kB = ''] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(status) ?? []
  return Number(kB) / 1024
}

/** It is the process that started, serves at each face, has answered no 500, and holds no more than that. */
export async function expectUnharmed({ victim, faces }: HostileSetup): Promise<void> {
  const good = { type: 'application/json', body: '{"a":1}' }
  expect(await statuses((face) => post(faces[face], good))).toEqual(all(200))
  const metrics = await (await fetch(`${victim.url}/metrics`)).text()
  expect(metrics).toContain('status="200"')
  expect(metrics).not.toContain('status="500"')
  expect(victim.hasEnded()).toBe(false)
  expect(residentMb(victim.pid(), 'VmHWM')).toBeLessThan(MAX_RESIDENT_MB)
}
