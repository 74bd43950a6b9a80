import { isIP, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { type AddressPolicy, judgeAddress } from './address-rules.ts'
import { raceConnect } from './connect-race.ts'
import { causeOfError, failureCause } from './failure-cause.ts'
import type { NameResolver } from './name-resolver.ts'
import type { FailureCause, PhaseListener, PhaseTimes } from './send-result.ts'
import { secureSocket } from './tls-handshake.ts'

export interface ConnectTarget {
  /** A name or a literal without brackets. */
  host: string
  port: number
  isTls: boolean
}

export interface ConnectorOptions {
  policy: AddressPolicy
  resolver: NameResolver
  secureContext?: SecureContext | undefined
  connectTimeoutMs: number
}

export interface ConnectRequest {
  timeoutMs: number
  onPhase?: PhaseListener | undefined
}

export type ConnectOutcome =
  | { kind: 'connected'; socket: Socket; remoteAddress: string; times: PhaseTimes }
  | { kind: 'failed'; cause: FailureCause; remoteAddress?: string; times: PhaseTimes }

type Found = { addresses: readonly string[] } | { cause: FailureCause }

/**
 * Opens a connection to a stranger's host: resolve, judge every address, connect to a judged one
 * itself (a name that changes its answer in between gains nothing), then TLS.
 */
export async function connectSafely(
  target: ConnectTarget,
  options: ConnectorOptions,
  { timeoutMs, onPhase }: ConnectRequest,
): Promise<ConnectOutcome> {
  const times: PhaseTimes = { dnsMs: null, connectMs: null, tlsMs: null }
  const startedAtMs = performance.now()
  if (!isIP(target.host)) onPhase?.('dns')
  const found = await findAddresses(target.host, options.resolver, timeoutMs)
  if (!isIP(target.host)) times.dnsMs = performance.now() - startedAtMs
  const judged = 'cause' in found ? found : judgeAll(target.host, found.addresses, options.policy)
  if ('cause' in judged) return { kind: 'failed', cause: judged.cause, times }
  const leftMs = timeoutMs - (performance.now() - startedAtMs)
  const connectMs = Math.max(1, Math.min(leftMs, options.connectTimeoutMs))
  onPhase?.('connect')
  const run = { ...options, times, timeoutMs: connectMs, onPhase }
  return connectToOne(target, judged.addresses, run)
}

async function findAddresses(
  host: string,
  resolver: NameResolver,
  timeoutMs: number,
): Promise<Found> {
  if (isIP(host)) return { addresses: [host] }
  const context = { host, phase: 'dns' } as const
  const resolution = await within(timeoutMs, resolver.resolve(host))
  if (resolution === 'late') return { cause: failureCause('dns_timeout', context) }
  if (resolution.kind === 'addresses') return { addresses: resolution.addresses }
  return { cause: failureCause(resolution.code, context, { rcode: resolution.rcode }) }
}

function judgeAll(host: string, addresses: readonly string[], policy: AddressPolicy): Found {
  for (const address of addresses) {
    const judgement = judgeAddress(address, policy)
    if (judgement.allowed) continue
    const log = { address, range: judgement.range, why: judgement.why }
    return { cause: failureCause('blocked_address', { host, phase: 'dns' }, log) }
  }
  return { addresses }
}

interface ConnectRun extends ConnectorOptions, ConnectRequest {
  times: PhaseTimes
}

async function connectToOne(
  target: ConnectTarget,
  addresses: readonly string[],
  run: ConnectRun,
): Promise<ConnectOutcome> {
  const { times, timeoutMs } = run
  const startedAtMs = performance.now()
  const raced = await raceConnect(addresses, { port: target.port, timeoutMs })
  times.connectMs = performance.now() - startedAtMs
  if (raced.kind === 'failed') {
    const cause = causeOfError(raced.err, { host: target.host, phase: 'connect' })
    const { address } = raced
    return { kind: 'failed', cause, times, ...(address && { remoteAddress: address }) }
  }
  const { socket, address: remoteAddress } = raced
  if (!target.isTls) return { kind: 'connected', socket, remoteAddress, times }
  run.onPhase?.('tls')
  const tlsTimeoutMs = Math.max(1, timeoutMs - times.connectMs)
  const tls = await secureSocket(socket, {
    host: target.host,
    secureContext: run.secureContext,
    timeoutMs: tlsTimeoutMs,
  })
  times.tlsMs = performance.now() - startedAtMs - times.connectMs
  if (tls.kind === 'failed') return { kind: 'failed', cause: tls.cause, remoteAddress, times }
  return { kind: 'connected', socket: tls.socket, remoteAddress, times }
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(resolve, timeoutMs, 'late')
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
