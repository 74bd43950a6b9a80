import { codeOf } from './error-code.ts'
import type { FailureCause, SendFailureCode, SendPhase } from './send-result.ts'

export interface FailureContext {
  host: string
  phase: SendPhase
}

/** Turns an error of the network or TLS into one cause of the closed set. */
export function causeOfError(err: unknown, context: FailureContext): FailureCause {
  const errno = codeOf(err) ?? 'unknown'
  const code = classifyError(err, context.phase)
  const log = code === 'internal_error' ? { errno, error: String(err) } : { errno }
  return failureCause(code, context, log)
}

export function failureCause(
  code: SendFailureCode,
  context: FailureContext,
  log: Readonly<Record<string, string>> = {},
): FailureCause {
  return { code, phase: context.phase, detail: sentences[code](context.host, log), log }
}

const codes: ReadonlyMap<string, SendFailureCode> = new Map([
  ['ECONNREFUSED', 'connection_refused'],
  ['CONNECT_TIMEOUT', 'connect_timeout'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EAFNOSUPPORT', 'unreachable'],
  // A packet filter of this machine refuses the connection.
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['ECONNRESET', 'connection_reset'],
  ['ECONNABORTED', 'connection_reset'],
  ['EPIPE', 'connection_reset'],
  ['CONNECTION_GONE', 'connection_reset'],
  ['EPROTO', 'tls_protocol'],
])

function classifyError(err: unknown, phase: SendPhase): SendFailureCode {
  const errno = codeOf(err) ?? ''
  if (errno === 'ETIMEDOUT') return phase === 'connect' ? 'connect_timeout' : 'connection_reset'
  if (/^ERR_(SSL|TLS)_/.test(errno)) return 'tls_protocol'
  return codes.get(errno) ?? 'internal_error'
}

type Sentence = (host: string, log: Readonly<Record<string, string>>) => string

const sentences: Record<SendFailureCode, Sentence> = {
  dns_not_found: (host) => `${host} has no address in DNS.`,
  dns_timeout: (host) => `Looking up ${host} took too long.`,
  dns_failed: (host) => `DNS reports an error for ${host}.`,
  blocked_address: (host) => `${host} leads to an address that is not sent to.`,
  connection_refused: (host) => `Nothing listens at this port of ${host}.`,
  connect_timeout: (host) => `No connection to ${host} in time.`,
  unreachable: (host) => `There is no route to ${host}.`,
  connection_reset: (host) => `${host} hung up before answering.`,
  tls_expired: (_host, log) => `The certificate expired${on(log['notAfter'])}.`,
  tls_not_yet_valid: (_host, log) => `The certificate is not valid yet${on(log['notBefore'])}.`,
  tls_self_signed: () => 'The certificate is self-signed.',
  tls_hostname_mismatch: (host, log) =>
    log['names']
      ? `The certificate is made out to ${log['names']}, not to ${host}.`
      : `The certificate is not made out to ${host}.`,
  tls_unknown_ca: () => 'The certificate has no chain to a trusted authority.',
  tls_untrusted: () => 'The certificate was refused.',
  tls_protocol: (host) => `No secure connection to ${host} could be agreed.`,
  headers_timeout: () => 'Connected, but no answer came in time.',
  body_timeout: () => 'The answer never ended.',
  response_headers_too_large: () => 'The headers of the answer are too large.',
  bad_response: () => 'The answer is not valid HTTP.',
  invalid_url: (_host, log) => log['fault'] ?? 'The URL cannot be used.',
  invalid_header: (_host, log) =>
    log['name'] ? `The header ${log['name']} cannot be sent.` : 'A header cannot be sent.',
  internal_error: () => 'The request failed through no fault of the endpoint.',
}

function on(date: string | undefined): string {
  return date ? ` (${date})` : ''
}
