import type { IncomingMessage } from 'node:http'
import { type Cidr, isInCidr, parseIpAddress } from '@posthorn/safe-http'

/**
 * Where a request comes from: the connection's other end, or, if that is a configured proxy, the last
 * address of `X-Forwarded-For` that is none. What stands before it anybody could have written.
 */
export function clientAddress(req: IncomingMessage, trustedProxies: readonly Cidr[]): string {
  let address = unmapped(req.socket.remoteAddress ?? '')
  if (trustedProxies.length === 0) return address
  const hops = (req.headersDistinct['x-forwarded-for'] ?? []).join(',').split(',').toReversed()
  for (const hop of hops) {
    if (!isTrusted(address, trustedProxies)) return address
    const named = unmapped(hop.trim())
    if (parseIpAddress(named) === null) return address
    address = named
  }
  return address
}

function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function isTrusted(text: string, proxies: readonly Cidr[]): boolean {
  const address = parseIpAddress(text)
  return address !== null && proxies.some((proxy) => isInCidr(address, proxy))
}
