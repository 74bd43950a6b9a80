import { type Cidr, parseCidr } from './cidr.ts'

export interface RefusedRange {
  cidr: Cidr
  why: string
}

/** What never is a stranger's public server. The first match names the reason, so narrow ones come first. */
export const refusedRanges: readonly RefusedRange[] = [
  range('0.0.0.0/8', 'this network, RFC 1122'),
  range('10.0.0.0/8', 'private, RFC 1918'),
  range('100.64.0.0/10', 'shared address space, RFC 6598'),
  range('127.0.0.0/8', 'loopback, RFC 1122'),
  range('168.63.129.16/32', 'Azure metadata'),
  range('169.254.0.0/16', 'link-local and cloud metadata, RFC 3927'),
  range('172.16.0.0/12', 'private, RFC 1918'),
  range('192.0.0.0/24', 'protocol assignments, RFC 6890'),
  range('192.0.2.0/24', 'documentation, RFC 5737'),
  range('192.88.99.0/24', '6to4 relay, RFC 7526'),
  range('192.168.0.0/16', 'private, RFC 1918'),
  range('198.18.0.0/15', 'benchmarking, RFC 2544'),
  range('198.51.100.0/24', 'documentation, RFC 5737'),
  range('203.0.113.0/24', 'documentation, RFC 5737'),
  range('224.0.0.0/4', 'multicast, RFC 5771'),
  range('255.255.255.255/32', 'broadcast, RFC 919'),
  range('240.0.0.0/4', 'reserved, RFC 1112'),
  range('::/128', 'unspecified, RFC 4291'),
  range('::1/128', 'loopback, RFC 4291'),
  range('::/96', 'IPv4-compatible, RFC 4291'),
  range('::ffff:0:0/96', 'IPv4-mapped, RFC 4291'),
  range('::ffff:0:0:0/96', 'IPv4-translated, RFC 2765'),
  range('64:ff9b::/96', 'NAT64, RFC 6052'),
  range('64:ff9b:1::/48', 'local NAT64, RFC 8215'),
  range('100::/64', 'discard, RFC 6666'),
  range('100:0:0:1::/64', 'dummy, RFC 9780'),
  // Teredo, benchmarking and ORCHID lie in here: RFC 4380, 5180, 4843, 7343.
  range('2001::/23', 'protocol assignments, RFC 2928'),
  range('2001:db8::/32', 'documentation, RFC 3849'),
  range('2002::/16', '6to4, RFC 3056'),
  range('3fff::/20', 'documentation, RFC 9637'),
  range('5f00::/16', 'SRv6 SIDs, RFC 9602'),
  range('fc00::/7', 'unique local, RFC 4193'),
  range('fe80::/10', 'link-local, RFC 4291'),
  range('fec0::/10', 'site-local, RFC 3879'),
  range('ff00::/8', 'multicast, RFC 4291'),
]

/** All that IANA has given out as global unicast; IPv6 outside of it is refused unseen. */
export const ipv6GlobalUnicast: Cidr = cidr('2000::/3')

/** This machine as local mode lets endpoints be on it. */
export const ownLoopback: Cidr = cidr('127.0.0.1/32')

function range(text: string, why: string): RefusedRange {
  return { cidr: cidr(text), why }
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text)
  if (!parsed) throw new Error(`not a CIDR: ${text}`)
  return parsed
}
