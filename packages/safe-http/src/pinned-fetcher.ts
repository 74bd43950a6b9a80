import { BoundedCache } from '@posthorn/runtime'
import { Agent, request } from 'undici'
import { connectSafely, type ConnectorOptions } from './connector.ts'
import { NameResolver, type NameResolverOptions } from './name-resolver.ts'
import { judgeTarget } from './send-target.ts'
import { secureContextWith } from './tls-handshake.ts'
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
  /** For whom: what strangers make one ask for takes nothing from the others. */
  readonly owner?: string
}

export interface PinnedFetcher extends AsyncDisposable {
  /** The text behind the URL, by https only. Rejects when it can't be had whole. */
  readonly fetch: (request: PinnedRequest) => Promise<string>
}

const MAX_BYTES = 256 * 1024
const DEADLINE_MS = 5_000
const KEPT_MS = 5 * 60_000
const FAILURE_KEPT_MS = 5_000
/** Strangers may name ever new URLs: they wait for no more sockets than these, and those of one owner for few. */
const MAX_UNDER_WAY = 16
const MAX_OF_OWNER = 2
const MAX_OWNERS = 500
const MAX_KEPT_OF_OWNER = 8

interface Kept {
  readonly text: Promise<string>
  readonly untilMs: number
}

/** What one owner has of the fetcher. Failures are apart, so that they push out nothing that is of use. */
class OwnersKeys {
  readonly #underWay = new Map<string, Promise<string>>()
  readonly #kept = new BoundedCache<string, Kept>(MAX_KEPT_OF_OWNER)
  readonly #failed = new BoundedCache<string, Kept>(MAX_KEPT_OF_OWNER)

  get isBusy(): boolean {
    return this.#underWay.size >= MAX_OF_OWNER
  }

  find(key: string): Promise<string> | undefined {
    const asked = this.#underWay.get(key)
    if (asked !== undefined) return asked
    const nowMs = performance.now()
    return [this.#kept, this.#failed]
      .map((cache) => cache.get(key))
      .find((kept) => kept !== undefined && kept.untilMs > nowMs)?.text
  }

  /** While under way it stays, bounded by its deadline. */
  keep(key: string, text: Promise<string>): void {
    this.#underWay.set(key, text)
    const settle = (cache: BoundedCache<string, Kept>, forMs: number): void => {
      this.#underWay.delete(key)
      cache.set(key, { text, untilMs: performance.now() + forMs })
    }
    void text.then(
      () => settle(this.#kept, KEPT_MS),
      () => settle(this.#failed, FAILURE_KEPT_MS),
    )
  }
}

/** Gets keys and certificates that requests name: each is asked for once, and kept for some minutes. */
export function createPinnedFetcher(options: PinnedFetcherOptions = {}): PinnedFetcher {
  return new CachingFetcher(options)
}

class CachingFetcher implements PinnedFetcher {
  readonly #policy: UrlPolicy
  readonly #resolver: NameResolver
  readonly #agent: Agent
  readonly #owners = new BoundedCache<string, OwnersKeys>(MAX_OWNERS)
  #underWay = 0

  constructor({ trustedCa = [], dns, ...policy }: PinnedFetcherOptions) {
    this.#policy = { allowSubnets: [], ...policy, httpsOnly: true }
    this.#resolver = new NameResolver(dns)
    this.#agent = guardedAgent({
      policy: this.#policy,
      resolver: this.#resolver,
      secureContext: secureContextWith(trustedCa),
      connectTimeoutMs: DEADLINE_MS,
    })
  }

  readonly fetch = (request: PinnedRequest): Promise<string> => {
    const { url, body = null, owner = '' } = request
    const key = JSON.stringify([url, body])
    const keys = this.#owners.get(owner) ?? new OwnersKeys()
    const known = keys.find(key)
    if (known !== undefined) return known
    if (this.#underWay >= MAX_UNDER_WAY || keys.isBusy)
      return Promise.reject(new Error('too many keys are being fetched'))
    const text = this.#get(request)
    keys.keep(key, text)
    this.#owners.set(owner, keys)
    return text
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.close()
    this.#resolver[Symbol.dispose]()
  }

  async #get(asked: PinnedRequest): Promise<string> {
    const target = judgeTarget(asked.url, this.#policy)
    if ('cause' in target) throw new Error(target.cause.code)
    if (!asked.hosts.some((host) => host.test(target.host)))
      throw new Error('the host is not pinned')
    this.#underWay++
    try {
      return await this.#ask(asked)
    } finally {
      this.#underWay--
    }
  }

  async #ask({ url, body }: PinnedRequest): Promise<string> {
    const { statusCode, body: answer } = await request(url, {
      ...(body === undefined
        ? { headers: { accept: '*/*' } }
        : {
            method: 'POST',
            headers: { accept: '*/*', 'content-type': 'application/json' },
            body,
          }),
      dispatcher: this.#agent,
      signal: AbortSignal.timeout(DEADLINE_MS),
      // Each is asked for once in minutes: no connection is kept.
      reset: true,
    })
    if (statusCode === 200) return answer.text()
    await answer.dump()
    throw new Error(`status ${statusCode}`)
  }
}

/** undici, over connections to judged addresses only. */
function guardedAgent(connector: ConnectorOptions): Agent {
  return new Agent({
    connections: MAX_UNDER_WAY,
    allowH2: false,
    maxResponseSize: MAX_BYTES,
    connect: ({ hostname, port, protocol }, callback) => {
      const isTls = protocol === 'https:'
      const target = {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(port) || (isTls ? 443 : 80),
        isTls,
      }
      void connectSafely(target, connector, { timeoutMs: DEADLINE_MS }).then(
        (found) =>
          found.kind === 'connected'
            ? callback(null, found.socket)
            : callback(new Error(found.cause.code), null),
        (err: unknown) => callback(err instanceof Error ? err : new Error(String(err)), null),
      )
    },
  })
}
