import {
  insertQuarantined,
  insertSourceRequests,
  type NewQuarantined,
  type NewSourceRequest,
} from '@posthorn/db'
import { GroupCommit, GroupCommitFullError } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { OverloadedError } from '../errors.ts'

export interface LoggedRequest {
  readonly record: NewSourceRequest
  /** The whole of it, to be judged again. */
  readonly quarantined: NewQuarantined | null
}

/** Records requests that became no message, many at a time. */
export class RequestLog implements AsyncDisposable {
  readonly #group: GroupCommit<LoggedRequest, null>

  constructor(db: CoreContext['db']) {
    this.#group = new GroupCommit({
      ...LIMITS,
      commit: (requests) => writeAll(db, requests),
      weigh: ({ quarantined }) => ROW_WEIGHT + (quarantined?.body.byteLength ?? 0),
      mayBlameOneItem: () => true,
    })
  }

  /** @throws {OverloadedError} too much waits to be recorded */
  async add(request: LoggedRequest): Promise<void> {
    try {
      await this.#group.add(request)
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

async function writeAll(
  { hot }: CoreContext['db'],
  requests: readonly LoggedRequest[],
): Promise<null[]> {
  const whole = requests.map(({ quarantined }) => quarantined).filter((item) => item !== null)
  if (whole.length > 0) await insertQuarantined(hot, whole)
  await insertSourceRequests(
    hot,
    requests.map(({ record }) => record),
  )
  return requests.map(() => null)
}

const ROW_WEIGHT = 1_000

const LIMITS = {
  windowMs: 3,
  maxItems: 200,
  maxWeight: 4_000_000,
  maxWaitingItems: 5_000,
  maxWaitingWeight: 32_000_000,
  maxInFlight: 1,
}
