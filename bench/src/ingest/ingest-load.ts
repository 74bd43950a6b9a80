import { randomUUID } from 'node:crypto'
import { serveCalls } from '../ipc.ts'
import { PublishConnection } from '../load/publish-connection.ts'
import { nowUs } from '../measure/clock.ts'

/** Requests to one receiving URL: closed loop without a rate, else each at its own time. */
export type IngestLoad = {
  port: number
  path: string
  authorization: string
  body: string
  connections: number
  ratePerSecond: number | null
  seconds: number
}

/** Answers by status, and how long those with 200 took since they were due. */
export type IngestLoadReport = { byStatus: Record<string, number>; acceptedMs: number[] }

export type IngestLoadCalls = { run(load: IngestLoad): Promise<IngestLoadReport> }

serveCalls({ run } satisfies IngestLoadCalls)

async function run(load: IngestLoad): Promise<IngestLoadReport> {
  const report: IngestLoadReport = { byStatus: {}, acceptedMs: [] }
  const startUs = nowUs()
  const endUs = startUs + load.seconds * 1e6
  let due = 0
  const nextDueUs = () =>
    load.ratePerSecond === null ? nowUs() : startUs + (due++ * 1e6) / load.ratePerSecond
  const one = () => sendAll(load, { report, endUs, nextDueUs })
  await Promise.all(Array.from({ length: load.connections }, one))
  return report
}

type Sending = { report: IngestLoadReport; endUs: number; nextDueUs: () => number }

async function sendAll(load: IngestLoad, { report, endUs, nextDueUs }: Sending): Promise<void> {
  const connection = new PublishConnection(load.port)
  const head = headOf(load)
  for (let dueUs = nextDueUs(); dueUs < endUs; dueUs = nextDueUs()) {
    const waitMs = (dueUs - nowUs()) / 1_000
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    const status = await new Promise<number>((resolve) => {
      connection.send(head + bodyOf(load), (answer) => resolve(answer.status))
    })
    report.byStatus[status] = (report.byStatus[status] ?? 0) + 1
    if (status === 200) report.acceptedMs.push((nowUs() - dueUs) / 1_000)
  }
  connection.close()
}

// Two of one body would be one event.
function bodyOf({ body }: IngestLoad): string {
  return `{"id":"${randomUUID()}","data":${body}}`
}

function headOf(load: IngestLoad): string {
  return [
    `POST ${load.path} HTTP/1.1`,
    `host: 127.0.0.1:${load.port}`,
    `authorization: ${load.authorization}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(bodyOf(load), 'latin1')}`,
    '',
    '',
  ].join('\r\n')
}
