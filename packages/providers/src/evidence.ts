import type { Config } from './config.ts'
import type { ReceivedWebhook, WebhookReader } from './received-webhook.ts'

export interface VerifyInput extends ReceivedWebhook {
  config: Config
  /** Every live secret or public key: while rotating, the old one too. */
  secrets: readonly string[]
  now: Date
  /** Gets a certificate or key set that a request names. Without it such requests are refused. */
  fetchKey?: FetchKey
  /** Chosen by the source's owner: whatever comes is taken, and shown as unverified. */
  noVerification?: boolean
  /** PEM roots that certificate chains may end in; the runtime's own unless given. */
  trustedRoots?: readonly string[]
}

/** Must follow no redirect, bound size and time, cache (failures too), and refuse private addresses. */
export type FetchKey = (request: KeyRequest) => Promise<Uint8Array | string>

export interface KeyRequest {
  /** Already found to be https on one of `hosts`, without credentials and on the default port. */
  url: string
  hosts: readonly RegExp[]
  /** Sent as JSON by POST when there is one. */
  body?: string
}

export interface Evidence extends VerifyInput {
  webhook: WebhookReader
}
