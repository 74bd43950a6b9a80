import { isIP } from 'node:net'
import { judgeAddress } from './address-rules.ts'
import { NameResolver, type NameResolverOptions } from './name-resolver.ts'
import type { UrlFault } from './url-fault.ts'
import { judgeEndpointUrl, type UrlPolicy } from './url-rules.ts'

/** What DNS said of the host: nothing is known of one that was not looked up. */
export type UrlLookup = 'public' | 'dns_not_found' | 'dns_timeout' | 'dns_failed' | 'not_looked_up'

export interface CheckedUrl {
  /** As it would be stored; null if it can't be. */
  readonly url: string | null
  readonly fault: UrlFault | null
  readonly lookup: UrlLookup
}

export interface UrlCheckerOptions {
  readonly policy: UrlPolicy
  readonly resolver?: NameResolverOptions
  /** Beyond so many at a time nothing is looked up. */
  readonly maxLookups?: number
}

/** Judges URLs while they are typed, with their names looked up: within the resolver's bound in time. */
export class UrlChecker implements Disposable {
  readonly #policy: UrlPolicy
  readonly #resolver: NameResolver
  readonly #maxLookups: number
  #lookups = 0

  constructor({ policy, resolver = {}, maxLookups = 50 }: UrlCheckerOptions) {
    this.#policy = policy
    this.#resolver = new NameResolver(resolver)
    this.#maxLookups = maxLookups
  }

  async check(text: string): Promise<CheckedUrl> {
    const judged = judgeEndpointUrl(text, this.#policy)
    if ('fault' in judged) return { url: null, fault: judged, lookup: 'not_looked_up' }
    const { url } = judged
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
    if (isIP(host)) return { url, fault: null, lookup: 'public' }
    if (this.#lookups >= this.#maxLookups) return { url, fault: null, lookup: 'not_looked_up' }
    return { url, ...(await this.#lookUp(host)) }
  }

  [Symbol.dispose](): void {
    this.#resolver[Symbol.dispose]()
  }

  async #lookUp(host: string): Promise<Pick<CheckedUrl, 'fault' | 'lookup'>> {
    this.#lookups += 1
    try {
      const found = await this.#resolver.resolve(host)
      if (found.kind === 'failure') return { fault: null, lookup: found.code }
      const isPublic = found.addresses.every(
        (address) => judgeAddress(address, this.#policy).allowed,
      )
      return { fault: isPublic ? null : blocked(host), lookup: 'public' }
    } finally {
      this.#lookups -= 1
    }
  }
}

// Never the address: it may be of somebody's inner network.
function blocked(host: string): UrlFault {
  const fault = `${host} leads to an address that is not public, or not sent to; none of its addresses may be.`
  return { rule: 'blocked_address', fault }
}
