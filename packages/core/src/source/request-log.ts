import {
  insertQuarantined,
  insertSourceRequests,
  type NewQuarantined,
  type NewSourceRequest,
  type SourceOutcome,
} from '@posthorn/db'
import { GroupCommit, GroupCommitFullError, idTimeMs } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { OverloadedError } from '../errors.ts'
import { isDataFault, withPartitions } from '../publish/insert-faults.ts'
import { Pace } from './pace.ts'

export interface LoggedRequest {
  readonly record: NewSourceRequest
  /** The whole of it, to be judged again. */
  readonly quarantined: NewQuarantined | null
}

/**
 * Records requests that became no message, many at a time. What anybody can send without end is kept up to a
 * budget of each source, and so costs the rest neither room nor another kind's budget.
 */
export class RequestLog implements AsyncDisposable {
  readonly #group: GroupCommit<LoggedRequest, null>
  readonly #budgets: Partial<Record<SourceOutcome, Pace>> = {
    handshake: new Pace(HANDSHAKES),
    throttled: new Pace(THROTTLED),
  }

  constructor(db: CoreContext['db']) {
    this.#group = new GroupCommit({
      ...LIMITS,
      commit: (requests) => writeAll(db, requests),
      weigh: ({ quarantined }) => ROW_WEIGHT + (quarantined?.body.byteLength ?? 0),
      mayBlameOneItem: isDataFault,
    })
  }

  /**
   * `isPatient`: it may wait for others. Each write holds up a commit that somebody waits for, though it doesn't wait for
   * the disk itself: it is flushed soon after.
   * @throws {OverloadedError} too much waits to be recorded
   */
  async add(request: LoggedRequest, isPatient = false): Promise<void> {
    const { outcome, sourceId } = request.record
    if (this.#budgets[outcome]?.take(sourceId, madeAtMs(request)) === false) return
    try {
      await this.#group.add(request, isPatient ? PATIENT_MS : undefined)
    } catch (err) {
      if (err instanceof GroupCommitFullError)
        throw new OverloadedError('Too many requests wait to be recorded: try again.')
      throw err
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#group[Symbol.asyncDispose]()
  }
}

function madeAtMs({ record }: LoggedRequest): number {
  return idTimeMs('srcreq_', record.id) ?? 0
}

async function writeAll(
  db: CoreContext['db'],
  requests: readonly LoggedRequest[],
): Promise<null[]> {
  const whole = requests.map(({ quarantined }) => quarantined).filter((item) => item !== null)
  if (whole.length > 0) await insertQuarantined(db.hot, whole)
  const firstAtMs = Math.min(...requests.map(madeAtMs))
  const records = requests.map(({ record }) => record)
  await withPartitions(db, firstAtMs, () => insertSourceRequests(db.hot, records))
  return requests.map(() => null)
}

const HANDSHAKES = { perSecond: 1, burst: 30 }
const THROTTLED = { perSecond: 2, burst: 20 }

const ROW_WEIGHT = 1_000
/** Less than any sender waits for its answer. */
const PATIENT_MS = 2_000

const LIMITS = {
  windowMs: 3,
  maxItems: 200,
  maxWeight: 4_000_000,
  maxWaitingItems: 5_000,
  maxWaitingWeight: 32_000_000,
  maxInFlight: 1,
}
