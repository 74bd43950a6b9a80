import { isIP, type Socket } from 'node:net'
import {
  connect,
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import { causeOfError, failureCause } from './failure-cause.ts'
import type { FailureCause, SendFailureCode } from './send-result.ts'

export interface TlsOptions {
  host: string
  secureContext: SecureContext | undefined
  timeoutMs: number
}

export type TlsOutcome =
  | { kind: 'secured'; socket: TLSSocket }
  | { kind: 'failed'; cause: FailureCause }

const certificateCodes: ReadonlyMap<string, SendFailureCode> = new Map([
  ['CERT_HAS_EXPIRED', 'tls_expired'],
  ['CERT_NOT_YET_VALID', 'tls_not_yet_valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_self_signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_self_signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_hostname_mismatch'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_unknown_ca'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls_unknown_ca'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_unknown_ca'],
])

/**
 * Trusts these certificates (PEM) besides the usual authorities. Made once: reading all authorities again for each
 * connection would cost more than its handshake.
 */
export function secureContextWith(trustedCa: readonly string[]): SecureContext | undefined {
  if (trustedCa.length === 0) return undefined
  return createSecureContext({ ca: [...getCACertificates('default'), ...trustedCa] })
}

/**
 * Secures a connected socket and checks the certificate. Node's own refusal closes the socket before
 * its certificate can be read, so the verdict is taken here: nothing is sent unless `authorized` is true.
 */
export function secureSocket(socket: Socket, options: TlsOptions): Promise<TlsOutcome> {
  return new Promise((resolve) => {
    const secured = connect({
      socket,
      host: options.host,
      servername: isIP(options.host) ? '' : options.host,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      ...(options.secureContext && { secureContext: options.secureContext }),
    })
    const settle = (outcome: TlsOutcome) => {
      clearTimeout(timer)
      if (outcome.kind === 'failed') secured.destroy()
      resolve(outcome)
    }
    const fail = (cause: FailureCause) => settle({ kind: 'failed', cause })
    const context = { host: options.host, phase: 'tls' } as const
    const timer = setTimeout(
      () => fail(failureCause('connect_timeout', context)),
      options.timeoutMs,
    )
    // Stays for the socket's life: an error between this and the first request must not be unhandled.
    secured.on('error', (err) => fail(causeOfError(err, context)))
    secured.once('close', () => fail(failureCause('connection_reset', context)))
    secured.once('secureConnect', () => {
      if (secured.authorized) settle({ kind: 'secured', socket: secured })
      else fail(causeOfCertificate(secured, options.host))
    })
  })
}

function causeOfCertificate(socket: TLSSocket, host: string): FailureCause {
  const errno = String(socket.authorizationError)
  const certificate = socket.getPeerCertificate()
  const log = { errno, ...describeCertificate(certificate) }
  return failureCause(classifyCertificateError(errno), { host, phase: 'tls' }, log)
}

export function classifyCertificateError(errno: string): SendFailureCode {
  return certificateCodes.get(errno) ?? 'tls_untrusted'
}

function describeCertificate(certificate: PeerCertificate): Record<string, string> {
  return {
    notBefore: dayOf(certificate.valid_from),
    notAfter: dayOf(certificate.valid_to),
    fingerprint: certificate.fingerprint256 ?? '',
    names: dnsNamesOf(certificate.subjectaltname ?? ''),
  }
}

function dayOf(date: string | undefined): string {
  const time = new Date(date ?? '')
  return Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 10)
}

// Only names: addresses in a certificate may be private ones.
function dnsNamesOf(subjectAltName: string): string {
  const names = [...subjectAltName.matchAll(/DNS:([a-z0-9.*_-]{1,253})/gi)].map(
    ([, name = '']) => name,
  )
  return names
    .filter((name) => isIP(name) === 0)
    .slice(0, 3)
    .join(', ')
}
