import type { SendableEndpoint } from './sendable-endpoint.ts'

/** A delivery under this process's lease, with all that one attempt needs. */
export interface ClaimedDelivery {
  readonly messageId: string
  readonly endpoint: SendableEndpoint
  readonly appId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly eventType: string
  /** The bytes to send, as published; null: expired or expunged. */
  readonly payload: string | null
  /** Of a body that a source received; absent or null: JSON. */
  readonly contentType?: string | null
  /** `base64`: the bytes to send are what `payload` decodes to. */
  readonly payloadForm?: 'text' | 'base64' | null
  /** This attempt's number, 1 for the first. */
  readonly attemptNumber: number
  readonly lostCount: number
  readonly taskId: string | null
  readonly actor: string | null
  readonly leaseToken: string
}
