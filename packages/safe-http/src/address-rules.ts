import { type Cidr, isInCidr } from './cidr.ts'
import { type IpAddress, parseIpAddress } from './ip-address.ts'
import { ipv6GlobalUnicast, refusedRanges } from './refused-ranges.ts'

export interface AddressPolicy {
  /** Exceptions from the refused ranges. */
  allowSubnets: readonly Cidr[]
  /** Public addresses that this installation refuses besides, its own for one; wins over `allowSubnets`. */
  refuseSubnets?: readonly Cidr[]
}

export type AddressJudgement =
  | { allowed: true }
  | { allowed: false; range: string; why: string; isByOperator: boolean }

/**
 * May a request leave for this address? Own rules instead of `net.BlockList`, which knows neither
 * NAT64 nor 6to4 and lets through what is no address. Fails closed.
 */
export function judgeAddress(text: string, policy: AddressPolicy): AddressJudgement {
  const address = parseIpAddress(text)
  if (!address) return refused('none', 'not a plain IP address')
  const own = policy.refuseSubnets?.find((subnet) => isInCidr(address, subnet))
  if (own) return { ...refused(own.text, 'refused by configuration'), isByOperator: true }
  if (policy.allowSubnets.some((subnet) => isInCidr(address, subnet))) return { allowed: true }
  return judgeByRanges(address)
}

function judgeByRanges(address: IpAddress): AddressJudgement {
  const match = refusedRanges.find((range) => isInCidr(address, range.cidr))
  if (match) return refused(match.cidr.text, match.why)
  if (address.family === 6 && !isInCidr(address, ipv6GlobalUnicast)) {
    return refused('::/0', 'IPv6 outside of 2000::/3')
  }
  return { allowed: true }
}

function refused(range: string, why: string): Extract<AddressJudgement, { allowed: false }> {
  return { allowed: false, range, why, isByOperator: false }
}
