import { nowUs } from '../measure/clock.ts'
import { AcceptedLog } from './accepted-log.ts'
import type { LoadPlan, LoadReport } from './load-plan.ts'
import { PublishConnection } from './publish-connection.ts'
import { RequestText } from './request-text.ts'

export type OpenLoop = { ratePerSecond: number; connections: number }

/**
 * Sends each message at its own time, however slow the answers are. A message that finds every connection
 * busy waits here, and its wait counts: times are measured from when it should have been sent.
 */
export async function runOpenLoop(plan: LoadPlan, loop: OpenLoop): Promise<LoadReport> {
  const log = new AcceptedLog()
  const text = new RequestText(plan)
  const pool = new ConnectionPool(plan.port, loop.connections)
  const total =
    'messages' in plan.until ? plan.until.messages : plan.until.seconds * loop.ratePerSecond
  await new Promise<void>((resolve) => {
    let answered = 0
    const publish = (index: number, intendedUs: number) => {
      const pathIndex = index % text.pathCount
      pool.send(text.next(pathIndex), (answer) => {
        log.add({ pathIndex, intendedUs, answeredUs: nowUs() }, answer)
        if (++answered === total) resolve()
      })
    }
    emitOnTime({ total, gapUs: 1e6 / loop.ratePerSecond }, publish)
  })
  pool.close()
  return log.report()
}

type Emission = { total: number; gapUs: number }

function emitOnTime(
  { total, gapUs }: Emission,
  emit: (index: number, dueUs: number) => void,
): void {
  const startUs = nowUs()
  let index = 0
  const tick = () => {
    const now = nowUs()
    while (index < total && startUs + index * gapUs <= now) {
      emit(index, startUs + index * gapUs)
      index++
    }
    if (index < total) setTimeout(tick, 1)
  }
  tick()
}

type Waiting = { request: string; onAnswer: (answer: { status: number; body: string }) => void }

class ConnectionPool {
  readonly #all: PublishConnection[]
  readonly #idle: PublishConnection[]
  readonly #waiting: Waiting[] = []

  constructor(port: number, size: number) {
    this.#all = Array.from({ length: size }, () => new PublishConnection(port))
    this.#idle = this.#all.toReversed()
  }

  send(request: string, onAnswer: Waiting['onAnswer']): void {
    this.#waiting.push({ request, onAnswer })
    this.#pump()
  }

  close(): void {
    for (const connection of this.#all) connection.close()
  }

  #pump(): void {
    const connection = this.#waiting.length === 0 ? undefined : this.#idle.pop()
    if (connection === undefined) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    connection.send(next.request, (answer) => {
      this.#idle.push(connection)
      next.onAnswer(answer)
      this.#pump()
    })
  }
}
