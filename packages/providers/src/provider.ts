import type { Handshake } from './handshake/handshake.ts'
import type { Place } from './place.ts'
import type { Scheme } from './scheme.ts'

/** A third party that sends webhooks: how it signs, answers and names what it sends. */
export interface Provider {
  /** Name on the wire, as the SDK's ingest sources have it. */
  type: string
  name: string
  scheme: Scheme
  /** Where the event type is; the first place that has one wins. A batch takes its first item's. */
  eventType?: readonly Place[]
  /** What a repeated delivery has in common; the first place that has all its parts wins. */
  deliveryId?: readonly Place[]
  /** The field that holds the event as JSON where it is sent as a form: read as if it were the body. */
  jsonField?: string
  handshake?: Handshake
  /** What an accepted request is answered with, where the provider insists. */
  reply?: Reply
  /** What a request that proves nothing is answered with, where the provider doesn't mean 401. */
  refusalStatus?: number
  settings?: readonly Setting[]
  /** What the secret is called at the provider, and which field of the SDK's config carries it. */
  key: KeyLabel
  /** What to paste where; `{url}` is the source's URL. */
  setUp: string
  /** What a valid signature does not prove, said wherever the source is shown. */
  caveat?: string
  /** `documented`: the provider's docs or code. `reported`: others' code. `unconfirmed`: neither seen. */
  known: 'documented' | 'reported' | 'unconfirmed'
}

export interface KeyLabel {
  label: string
  field: 'secret' | 'publicKey' | 'clientId' | 'none'
  /** The SDK lets such a source be made without one: it then has no verification. */
  optional?: true
}

export interface Setting {
  name: string
  label: string
  required?: true
  /** Shown there once it has the URL: a source is made without, and refuses until it is set. */
  late?: true
  /** Never shown again, as the secret itself. */
  secret?: true
  /** The first is meant where nothing is set. */
  choices?: readonly string[]
}

export interface Reply {
  status: number
  contentType: string
  body: string
  /** Copied from the request into the reply once verified. */
  echoHeader?: string
}
