import type { InstallationSettingOut } from '@posthorn/contracts'
import type { Env } from '@posthorn/runtime'

interface Shown {
  readonly group: InstallationSettingOut['group']
  readonly name: string
  readonly variable: string
  /** As it is without the variable; null: none. */
  readonly fallback: string | null
  /** In local mode, where that is another one. */
  readonly localFallback?: string
  /** Only that it is set is told. */
  readonly isSecret?: true
}

/** What staff may see. The workers' and ingest's own settings are told as this process finds them. */
const SHOWN: readonly Shown[] = [
  url('publicUrl', 'POSTHORN_PUBLIC_URL'),
  url('consoleUrl', 'POSTHORN_CONSOLE_URL'),
  url('ingestUrl', 'POSTHORN_INGEST_URL'),
  {
    group: 'pages',
    name: 'frameAncestors',
    variable: 'POSTHORN_FRAME_ANCESTORS',
    fallback: "'self'",
  },
  {
    group: 'pages',
    name: 'allowedOrigins',
    variable: 'POSTHORN_ALLOWED_ORIGINS',
    fallback: null,
  },
  delivery('retrySchedule', 'POSTHORN_RETRY_SCHEDULE', '5,300,1800,7200,18000,36000,36000'),
  delivery('requestTimeout', 'POSTHORN_REQUEST_TIMEOUT', '15'),
  delivery('breakerAfter', 'POSTHORN_BREAKER_AFTER', '60'),
  delivery('disableAfter', 'POSTHORN_DISABLE_AFTER', '432000'),
  delivery('signatureHeaders', 'POSTHORN_SIGNATURE_HEADERS', 'both'),
  delivery('maxInFlight', 'POSTHORN_MAX_IN_FLIGHT', '512'),
  {
    group: 'networks',
    name: 'httpsOnly',
    variable: 'POSTHORN_HTTPS_ONLY',
    fallback: 'true',
    localFallback: 'false',
  },
  {
    group: 'networks',
    name: 'allowSubnets',
    variable: 'POSTHORN_ALLOW_SUBNETS',
    fallback: null,
    localFallback: '127.0.0.1/32',
  },
  { group: 'networks', name: 'dnsServers', variable: 'POSTHORN_DNS_SERVERS', fallback: null },
  {
    group: 'networks',
    name: 'egressAddresses',
    variable: 'POSTHORN_EGRESS_ADDRESSES',
    fallback: null,
  },
  {
    group: 'networks',
    name: 'trustedProxies',
    variable: 'POSTHORN_TRUSTED_PROXIES',
    fallback: null,
  },
  limit('apiRate', 'POSTHORN_API_RATE_LIMIT'),
  limit('ingestAddressRate', 'POSTHORN_INGEST_ADDRESS_RATE'),
  limit('ingestSourceRate', 'POSTHORN_INGEST_SOURCE_RATE'),
  staff('openIdIssuer', 'POSTHORN_OPENID_ISSUER'),
  staff('openIdRoleClaim', 'POSTHORN_OPENID_ROLE_CLAIM'),
  staff('openIdOrganisation', 'POSTHORN_OPENID_ORGANISATION'),
  { ...staff('metricsToken', 'POSTHORN_METRICS_TOKEN'), isSecret: true },
]

function url(name: string, variable: string): Shown {
  return { group: 'urls', name, variable, fallback: null }
}

function delivery(name: string, variable: string, fallback: string): Shown {
  return { group: 'delivery', name, variable, fallback }
}

function limit(name: string, variable: string): Shown {
  return { group: 'limits', name, variable, fallback: '1000' }
}

function staff(name: string, variable: string): Shown {
  return { group: 'staff', name, variable, fallback: null }
}

export function describeSettings(env: Env, isLocal: boolean): InstallationSettingOut[] {
  return SHOWN.map((shown) => {
    const { group, name, variable } = shown
    const given = env[variable] ?? ''
    const fallback = (isLocal ? shown.localFallback : undefined) ?? shown.fallback
    const value = given === '' ? fallback : writtenOf(shown, given)
    return { group, name, value, source: given === '' ? 'default' : 'environment', variable }
  })
}

/** A URL may hold credentials. */
function writtenOf({ isSecret }: Shown, given: string): string {
  return isSecret === true ? '••••' : given.replaceAll(/\/\/[^/@\s]*@/g, '//••••@')
}
