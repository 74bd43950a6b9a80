import type { IncomingMessage } from 'node:http'
import { type Cidr, isInCidr } from './cidr.ts'
import { parseIpAddress } from './ip-address.ts'

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
    const named = unmapped(withoutPort(hop.trim()))
    if (parseIpAddress(named) === null) return address
    address = named
  }
  return address
}

/** Whose pace it is: a whole IPv6 network of 64 bits is one sender, who may choose any address of it. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const parsed = parseIpAddress(address)
  return parsed?.family === 6 ? `${parsed.value >> 64n}/64` : address
}

// Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`.
function withoutPort(hop: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(hop) ?? []
  return bracketed ?? plain ?? hop
}

function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function isTrusted(text: string, proxies: readonly Cidr[]): boolean {
  const address = parseIpAddress(text)
  return address !== null && proxies.some((proxy) => isInCidr(address, proxy))
}
