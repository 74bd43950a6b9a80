import { type RecordWithTtl } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { BoundedCache } from '@posthorn/runtime'
import { codeOf } from './error-code.ts'
import { readLocalhostAddresses } from './hosts-file.ts'

export interface NameResolverOptions {
  /** `address:port` of name servers; the system's by default. */
  servers?: readonly string[]
  timeoutMs?: number
  maxCachedNames?: number
  maxTtlMs?: number
  hostsFile?: string
}

export type Resolution =
  | { kind: 'addresses'; addresses: readonly string[] }
  | { kind: 'failure'; code: 'dns_not_found' | 'dns_timeout' | 'dns_failed'; rcode: string }

type Answer =
  | { kind: 'records'; records: readonly RecordWithTtl[] }
  | { kind: 'error'; rcode: string }

const minTtlMs = 1000
const failureTtlMs = 1000
const localhostTtlMs = 10_000
// c-ares doubles the wait for its second try, so that both fit into three parts.
const triesPerServer = 2
const partsOfTimeout = 3

/**
 * Looks names up with c-ares. `dns.lookup` is no choice: it runs in libuv's few threads, where a
 * handful of names that hang keeps every other name of the process waiting.
 *
 * One lookup per name is under way at a time, each has its own bound, and answers are kept as long
 * as their TTL says, within limits.
 */
export class NameResolver implements Disposable {
  readonly #resolver: Resolver
  readonly #timeoutMs: number
  readonly #maxTtlMs: number
  readonly #hostsFile: string
  readonly #cache: BoundedCache<string, { resolution: Resolution; expiresAtMs: number }>
  readonly #underWay = new Map<string, Promise<Resolution>>()

  constructor(options: NameResolverOptions = {}) {
    const { timeoutMs = 3000, maxTtlMs = 60_000, maxCachedNames = 5000 } = options
    this.#timeoutMs = timeoutMs
    this.#maxTtlMs = maxTtlMs
    this.#hostsFile = options.hostsFile ?? '/etc/hosts'
    this.#cache = new BoundedCache(maxCachedNames)
    const tryMs = Math.max(1, Math.floor(timeoutMs / partsOfTimeout))
    this.#resolver = new Resolver({ timeout: tryMs, tries: triesPerServer })
    if (options.servers) this.#resolver.setServers(options.servers)
  }

  async resolve(name: string): Promise<Resolution> {
    const cached = this.#cache.get(name)
    if (cached && cached.expiresAtMs > performance.now()) return cached.resolution
    const underWay = this.#underWay.get(name)
    if (underWay) return underWay
    const lookup = this.#lookUp(name).finally(() => this.#underWay.delete(name))
    this.#underWay.set(name, lookup)
    return lookup
  }

  [Symbol.dispose](): void {
    this.#resolver.cancel()
  }

  async #lookUp(name: string): Promise<Resolution> {
    if (name === 'localhost' || name.endsWith('.localhost')) return this.#lookUpLocalhost(name)
    const answers = await Promise.all([
      this.#ask(this.#resolver.resolve4(name, { ttl: true })),
      this.#ask(this.#resolver.resolve6(name, { ttl: true })),
    ])
    const records = answers.flatMap((answer) => (answer.kind === 'records' ? answer.records : []))
    if (records.length === 0) return this.#keep(name, failureOf(answers), failureTtlMs)
    const addresses = records.map((record) => record.address)
    const ttlMs = Math.min(...records.map((record) => record.ttl * 1000), this.#maxTtlMs)
    return this.#keep(name, { kind: 'addresses', addresses }, Math.max(ttlMs, minTtlMs))
  }

  async #lookUpLocalhost(name: string): Promise<Resolution> {
    const addresses = await readLocalhostAddresses(this.#hostsFile)
    return this.#keep(name, { kind: 'addresses', addresses }, localhostTtlMs)
  }

  #keep(name: string, resolution: Resolution, ttlMs: number): Resolution {
    this.#cache.set(name, { resolution, expiresAtMs: performance.now() + ttlMs })
    return resolution
  }

  // c-ares adapts its timeouts to what it has seen of a server; this bound holds whatever it does.
  async #ask(query: Promise<RecordWithTtl[]>): Promise<Answer> {
    const { promise: late, resolve } = Promise.withResolvers<Answer>()
    const timer = setTimeout(resolve, this.#timeoutMs, { kind: 'error', rcode: 'ETIMEOUT' })
    const answered = query.then(
      (records): Answer => ({ kind: 'records', records }),
      (err: unknown): Answer => ({ kind: 'error', rcode: codeOf(err) ?? 'unknown' }),
    )
    return Promise.race([answered, late]).finally(() => clearTimeout(timer))
  }
}

// NXDOMAIN holds for both families; an empty answer of one is outweighed by an error of the other.
function failureOf(answers: readonly Answer[]): Resolution {
  const rcodes = answers.flatMap((answer) => (answer.kind === 'error' ? [answer.rcode] : []))
  const rcode =
    rcodes.find((one) => one === 'ENOTFOUND' || one === 'EBADNAME') ??
    rcodes.find((one) => one === 'ETIMEOUT') ??
    rcodes.find((one) => one !== 'ENODATA') ??
    'ENODATA'
  return { kind: 'failure', code: codeOfRcode(rcode), rcode }
}

function codeOfRcode(rcode: string): 'dns_not_found' | 'dns_timeout' | 'dns_failed' {
  if (rcode === 'ETIMEOUT') return 'dns_timeout'
  return ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(rcode) ? 'dns_not_found' : 'dns_failed'
}
