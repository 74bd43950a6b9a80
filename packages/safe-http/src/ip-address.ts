import { isIPv4, isIPv6 } from 'node:net'

/** An address as a number, so that ranges are compared as numbers and never as text. */
export interface IpAddress {
  family: 4 | 6
  value: bigint
}

/** Null for anything that isn't one plain address; a zone id (`fe80::1%eth0`) counts as not plain. */
export function parseIpAddress(text: string): IpAddress | null {
  if (isIPv4(text)) return { family: 4, value: ipv4Value(text) }
  if (isIPv6(text) && !text.includes('%')) return { family: 6, value: ipv6Value(text) }
  return null
}

function ipv4Value(text: string): bigint {
  return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n)
}

function ipv6Value(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  const gap = Array<bigint>(8 - before.length - after.length).fill(0n)
  return [...before, ...gap, ...after].reduce((value, group) => value * 65536n + group, 0n)
}

// The last part may be written as IPv4: ::ffff:127.0.0.1.
function groupsOf(text: string): bigint[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)]
    const value = ipv4Value(group)
    return [value / 65536n, value % 65536n]
  })
}
