/** The transport's part of the closed set of failure causes. */
export type SendFailureCode =
  | 'dns_not_found'
  | 'dns_timeout'
  | 'dns_failed'
  | 'blocked_address'
  | 'connection_refused'
  | 'connect_timeout'
  | 'unreachable'
  | 'connection_reset'
  | 'tls_expired'
  | 'tls_not_yet_valid'
  | 'tls_self_signed'
  | 'tls_hostname_mismatch'
  | 'tls_unknown_ca'
  | 'tls_untrusted'
  | 'tls_protocol'
  | 'headers_timeout'
  | 'body_timeout'
  | 'response_headers_too_large'
  | 'bad_response'
  | 'invalid_url'
  | 'invalid_header'
  | 'internal_error'

/** What went wrong after the status line, which decides all the same. */
export type ResponseNotice =
  | 'body_timeout'
  | 'response_too_large'
  | 'response_headers_too_large'
  | 'connection_reset'
  | 'bad_response'

/** How far a request came. `queue`: it waited for one of its origin's connections. */
export type SendPhase = 'check' | 'queue' | 'dns' | 'connect' | 'tls' | 'wait' | 'body'

/** Called as a phase begins; the first ones once more if a reused connection turns out to be gone. */
export type PhaseListener = (phase: SendPhase) => void

/** Milliseconds per phase; null for what was not reached, or not needed on a reused socket. */
export interface SendTiming {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  /** From the request's last byte handed over to the response's headers. */
  waitMs: number | null
  bodyMs: number | null
  totalMs: number
  reusedSocket: boolean
}

/** How long a connection took to open. */
export type PhaseTimes = Pick<SendTiming, 'dnsMs' | 'connectMs' | 'tlsMs'>

export interface FailureCause {
  code: SendFailureCode
  phase: SendPhase
  /** A short sentence fit to show to the endpoint's owner: no private address, no payload. */
  detail: string
  /** For our log only: errno, the blocked address, certificate dates. */
  log: Readonly<Record<string, string>>
}

export interface SendResponse {
  kind: 'response'
  status: number
  /** Lower-case names, repeated ones joined by a comma; bounded in count and size. */
  headers: Record<string, string>
  body: string
  bodyEncoding: 'utf8' | 'base64'
  /** Of the body, before it was decoded. */
  keptBytes: number
  /** True if the response went on after what is kept. */
  bodyTruncated: boolean
  notice?: ResponseNotice
  timing: SendTiming
  remoteAddress: string
}

export interface SendFailure extends FailureCause {
  kind: 'failure'
  timing: SendTiming
  /** That was connected to, or that could not be: never one that is not sent to. */
  remoteAddress?: string
  /** Present if a status line came: a `body_timeout` after a status other than 2xx. */
  response?: { status: number; headers: Record<string, string> }
}

export type SendResult = SendResponse | SendFailure
