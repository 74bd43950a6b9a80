import { type IpAddress, parseIpAddress } from './ip-address.ts'

/** A block of addresses of one family, `10.0.0.0/8` or `fc00::/7`. */
export interface Cidr {
  text: string
  family: 4 | 6
  prefixLength: number
  /** The leading `prefixLength` bits. */
  prefix: bigint
}

/** Reads a block or a single address; null if it is neither. */
export function parseCidr(text: string): Cidr | null {
  const [, addressText = '', lengthText] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const address = parseIpAddress(addressText)
  if (!address) return null
  const bits = bitsOf(address.family)
  const prefixLength = lengthText === undefined ? bits : Number(lengthText)
  if (prefixLength > bits) return null
  const prefix = leadingBits(address, prefixLength)
  return { text: `${addressText}/${prefixLength}`, family: address.family, prefixLength, prefix }
}

/** Families never match each other: 127.0.0.1/32 says nothing about ::1 or ::ffff:127.0.0.1. */
export function isInCidr(address: IpAddress, cidr: Cidr): boolean {
  return address.family === cidr.family && leadingBits(address, cidr.prefixLength) === cidr.prefix
}

function leadingBits(address: IpAddress, length: number): bigint {
  return address.value >> BigInt(bitsOf(address.family) - length)
}

function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128
}
