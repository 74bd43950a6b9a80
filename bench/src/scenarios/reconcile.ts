import type { Application } from '../contender.ts'
import type { LoadReport } from '../load/load-plan.ts'
import type { LedgerPage } from '../receive/ledger.ts'

/** Every accepted message against what the receiver saw, by message and endpoint. */
export type Reconciliation = {
  expected: number
  arrived: number
  lost: number
  /** The first few of them, as message@endpoint number. */
  lostExamples: string[]
  duplicates: number
  /** Arrivals of messages that no publisher was told about: an answer was lost on the way. */
  strangers: number
  /** Publish (when it should have been sent) to received, in ms, by endpoint number. */
  latenciesMs: Map<number, number[]>
  lastArrivalUs: number
}

const MOST_EXAMPLES = 5

type Arrivals = Map<number, number>

export function reconcile(
  applications: readonly Application[],
  report: LoadReport,
  ledger: LedgerPage,
): Reconciliation {
  const { byMessage, duplicates } = firstArrivals(ledger)
  const latenciesMs = new Map<number, number[]>()
  const lostExamples: string[] = []
  let expected = 0
  let arrived = 0
  report.ids.forEach((id, index) => {
    const arrivals = byMessage.get(id)
    byMessage.delete(id)
    const intendedUs = report.intendedUs[index] ?? 0
    for (const { number } of applications[report.pathIndexes[index] ?? 0]?.endpoints ?? []) {
      expected++
      const arrivedUs = arrivals?.get(number)
      if (arrivedUs === undefined) {
        if (lostExamples.length < MOST_EXAMPLES) lostExamples.push(`${id}@${number}`)
        continue
      }
      arrived++
      append(latenciesMs, number, (arrivedUs - intendedUs) / 1e3)
    }
  })
  const lost = expected - arrived
  const lastArrivalUs = ledger.arrivedUs.at(-1) ?? 0
  return {
    expected,
    arrived,
    lost,
    lostExamples,
    duplicates,
    strangers: byMessage.size,
    latenciesMs,
    lastArrivalUs,
  }
}

function firstArrivals(ledger: LedgerPage): {
  byMessage: Map<string, Arrivals>
  duplicates: number
} {
  const byMessage = new Map<string, Arrivals>()
  let duplicates = 0
  ledger.ids.forEach((id, index) => {
    const arrivals = byMessage.get(id) ?? new Map<number, number>()
    const endpoint = ledger.endpoints[index] ?? 0
    if (arrivals.has(endpoint)) duplicates++
    else arrivals.set(endpoint, ledger.arrivedUs[index] ?? 0)
    byMessage.set(id, arrivals)
  })
  return { byMessage, duplicates }
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
