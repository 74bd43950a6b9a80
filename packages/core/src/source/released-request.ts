import type { IncomingRequest } from './receive.ts'

/** A request that waited in quarantine. */
export interface ReleasedRequest extends IncomingRequest {
  readonly releasedId: string
  /** When it came: what it says of the time is judged by that. */
  readonly atMs: number
}
