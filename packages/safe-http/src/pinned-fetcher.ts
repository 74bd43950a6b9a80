import { BoundedCache } from '@posthorn/runtime'
import { createSafeClient, type SafeClient } from './client.ts'
import type { NameResolverOptions } from './name-resolver.ts'
import type { UrlPolicy } from './url-rules.ts'

export interface PinnedFetcherOptions extends Partial<Omit<UrlPolicy, 'httpsOnly'>> {
  /** Certificates (PEM) trusted besides the usual authorities. */
  readonly trustedCa?: readonly string[]
  readonly dns?: NameResolverOptions
}

export interface PinnedRequest {
  readonly url: string
  /** Whole host names that the URL may be on. */
  readonly hosts: readonly RegExp[]
  /** Sent as JSON by POST when there is one. */
  readonly body?: string
}

export interface PinnedFetcher extends AsyncDisposable {
  /** The text behind the URL, by https only. Rejects when it can't be had whole. */
  readonly fetch: (request: PinnedRequest) => Promise<string>
}

const MAX_BYTES = 256 * 1024
const DEADLINE_MS = 5_000
const MAX_KEPT = 200
const KEPT_MS = 5 * 60_000
const FAILURE_KEPT_MS = 5_000
/** Strangers may name ever new URLs: they wait for no more sockets than these. */
const MAX_UNDER_WAY = 16

interface Kept {
  readonly text: Promise<string>
  untilMs: number
}

/** Gets keys and certificates that requests name: each is asked for once, and kept for some minutes. */
export function createPinnedFetcher(options: PinnedFetcherOptions = {}): PinnedFetcher {
  return new CachingFetcher(
    createSafeClient({
      allowSubnets: [],
      ...options,
      httpsOnly: true,
      connectTimeoutMs: DEADLINE_MS,
      maxConnectionsPerOrigin: 4,
      maxIdleConnections: 0,
      maxResponseBodyBytes: MAX_BYTES,
    }),
  )
}

class CachingFetcher implements PinnedFetcher {
  readonly #client: SafeClient
  readonly #kept = new BoundedCache<string, Kept>(MAX_KEPT)
  #underWay = 0

  constructor(client: SafeClient) {
    this.#client = client
  }

  readonly fetch = (request: PinnedRequest): Promise<string> => {
    const key = JSON.stringify([request.url, request.body ?? null])
    const known = this.#kept.get(key)
    if (known !== undefined && known.untilMs > performance.now()) return known.text
    if (this.#underWay >= MAX_UNDER_WAY)
      return Promise.reject(new Error('too many keys are being fetched'))
    // While under way it stays, bounded by its deadline.
    const kept: Kept = { text: this.#get(request), untilMs: Infinity }
    this.#kept.set(key, kept)
    void kept.text.then(
      () => (kept.untilMs = performance.now() + KEPT_MS),
      () => (kept.untilMs = performance.now() + FAILURE_KEPT_MS),
    )
    return kept.text
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]()
  }

  async #get({ url, hosts, body }: PinnedRequest): Promise<string> {
    const hostname = URL.parse(url)?.hostname ?? ''
    if (!hosts.some((host) => host.test(hostname))) throw new Error('the host is not pinned')
    this.#underWay++
    try {
      const headers = {
        accept: '*/*',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const how = body === undefined ? ({ method: 'GET', body: '' } as const) : { body }
      return readText(await this.#client.send({ url, headers, ...how, deadlineMs: DEADLINE_MS }))
    } finally {
      this.#underWay--
    }
  }
}

function readText(result: Awaited<ReturnType<SafeClient['send']>>): string {
  if (result.kind === 'failure') throw new Error(result.code)
  const { status, notice, body, bodyEncoding } = result
  if (status !== 200 || notice !== undefined) throw new Error(notice ?? `status ${status}`)
  return Buffer.from(body, bodyEncoding).toString('utf8')
}
