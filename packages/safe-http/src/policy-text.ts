import { domainToASCII } from 'node:url'
import { type Cidr, parseCidr } from './cidr.ts'

/** Subnets and single addresses, by commas, as operators write them; null if one is neither. */
export function readSubnets(text: string): readonly Cidr[] | null {
  const subnets = partsOf(text).map(parseCidr)
  const known = subnets.filter((subnet) => subnet !== null)
  return known.length === subnets.length ? known : null
}

/** Host names, by commas, each itself or, as `*.a.example`, all below it; null if one is no name. */
export function readHosts(text: string): readonly string[] | null {
  const hosts = partsOf(text).map(readHost)
  const known = hosts.filter((host) => host !== null)
  return known.length === hosts.length ? known : null
}

function readHost(text: string): string | null {
  // `domainToASCII` drops what no name has: a path, a port.
  const [, below = '', name = ''] = /^(\*\.)?([\p{L}\p{M}\p{N}._-]+)$/u.exec(text) ?? []
  const ascii = domainToASCII(name)
  const isName = ascii.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  return isName && ascii.length <= 253 ? `${below}${ascii}` : null
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
