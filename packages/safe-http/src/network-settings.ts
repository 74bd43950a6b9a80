import { settingReader } from '@posthorn/runtime'
import type { Cidr } from './cidr.ts'
import { readHosts, readSubnets } from './policy-text.ts'
import { ownLoopback } from './refused-ranges.ts'
import type { UrlPolicy } from './url-rules.ts'

export const subnetsSetting = settingReader(
  readSubnets,
  'must be addresses or subnets like 10.0.0.0/8, joined by commas',
)

export const hostsSetting = settingReader(
  readHosts,
  'must be host names like a.example or *.a.example, joined by commas',
)

/** What an operator refuses beside what is refused anyway. */
export type Refusals = Required<Pick<UrlPolicy, 'refuseSubnets' | 'refusedHosts'>>

export interface RefusalSettings {
  readonly POSTHORN_REFUSE_SUBNETS?: readonly Cidr[] | undefined
  readonly POSTHORN_REFUSE_HOSTS?: readonly string[] | undefined
}

export function refusalsOf(settings: RefusalSettings): Refusals {
  return {
    refuseSubnets: settings.POSTHORN_REFUSE_SUBNETS ?? [],
    refusedHosts: settings.POSTHORN_REFUSE_HOSTS ?? [],
  }
}

export interface NetworkSettings extends RefusalSettings {
  readonly POSTHORN_MODE?: 'local' | 'production' | undefined
  readonly POSTHORN_HTTPS_ONLY?: boolean | undefined
  readonly POSTHORN_ALLOW_SUBNETS?: readonly Cidr[] | undefined
}

/** Only public https, unless it is said otherwise; local mode delivers to this machine as well. */
export function urlPolicyOf(settings: NetworkSettings): UrlPolicy {
  const isLocal = settings.POSTHORN_MODE === 'local'
  return {
    httpsOnly: settings.POSTHORN_HTTPS_ONLY ?? !isLocal,
    allowSubnets: settings.POSTHORN_ALLOW_SUBNETS ?? (isLocal ? [ownLoopback] : []),
    ...refusalsOf(settings),
  }
}
