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
  /** The start gives it to this process, whether it was given itself or made it. */
  readonly isOfStart?: true
}

/** All of `.env.example`, in its groups. The workers' and ingest's own are told as this process finds them. */
const SHOWN: readonly Shown[] = [
  { ...start('mode', 'POSTHORN_MODE', 'production'), isOfStart: true },
  start('roles', 'POSTHORN_ROLES', 'api,worker,ingest'),
  { ...start('host', 'HOST', '0.0.0.0'), localFallback: '127.0.0.1' },
  start('port', 'PORT', '8071'),
  start('ingestPort', 'POSTHORN_INGEST_PORT', '8072'),
  start('workerPort', 'POSTHORN_WORKER_PORT', null),
  start('inboxPort', 'POSTHORN_INBOX_PORT', '8073'),
  start('data', 'POSTHORN_DATA', '.data'),
  start('logLevel', 'POSTHORN_LOG_LEVEL', 'info'),
  url('publicUrl', 'POSTHORN_PUBLIC_URL'),
  url('consoleUrl', 'POSTHORN_CONSOLE_URL'),
  url('portalOrigin', 'POSTHORN_PORTAL_ORIGIN'),
  url('portalUrl', 'POSTHORN_PORTAL_URL'),
  url('ingestUrl', 'POSTHORN_INGEST_URL'),
  url('inboxUrl', 'POSTHORN_INBOX_URL'),
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
  { group: 'pages', name: 'imageOrigins', variable: 'POSTHORN_IMAGE_ORIGINS', fallback: null },
  { group: 'pages', name: 'portalTheme', variable: 'POSTHORN_PORTAL_THEME', fallback: null },
  delivery('retrySchedule', 'POSTHORN_RETRY_SCHEDULE', '5,300,1800,7200,18000,36000,36000'),
  delivery('requestTimeout', 'POSTHORN_REQUEST_TIMEOUT', '15'),
  delivery('breakerAfter', 'POSTHORN_BREAKER_AFTER', '60'),
  delivery('disableAfter', 'POSTHORN_DISABLE_AFTER', '432000'),
  delivery('signatureHeaders', 'POSTHORN_SIGNATURE_HEADERS', 'both'),
  delivery('maxInFlight', 'POSTHORN_MAX_IN_FLIGHT', '512'),
  {
    ...network('httpsOnly', 'POSTHORN_HTTPS_ONLY'),
    fallback: 'true',
    localFallback: 'false',
  },
  { ...network('allowSubnets', 'POSTHORN_ALLOW_SUBNETS'), localFallback: '127.0.0.1/32' },
  network('refuseSubnets', 'POSTHORN_REFUSE_SUBNETS'),
  network('refuseHosts', 'POSTHORN_REFUSE_HOSTS'),
  network('dnsServers', 'POSTHORN_DNS_SERVERS'),
  network('egressAddresses', 'POSTHORN_EGRESS_ADDRESSES'),
  network('trustedProxies', 'POSTHORN_TRUSTED_PROXIES'),
  limit('apiRate', 'POSTHORN_API_RATE_LIMIT'),
  limit('ingestAddressRate', 'POSTHORN_INGEST_ADDRESS_RATE'),
  limit('ingestSourceRate', 'POSTHORN_INGEST_SOURCE_RATE'),
  { ...store('database', 'DATABASE_URL'), isOfStart: true },
  store('databaseDirect', 'DATABASE_DIRECT_URL'),
  store('redis', 'REDIS_URL'),
  { group: 'stores', name: 'queuePrefix', variable: 'POSTHORN_QUEUE_PREFIX', fallback: null },
  {
    group: 'stores',
    name: 'retentionDays',
    variable: 'POSTHORN_RETENTION_DAYS',
    fallback: '90',
  },
  staff('openIdIssuer', 'POSTHORN_OPENID_ISSUER'),
  staff('openIdClientId', 'POSTHORN_OPENID_CLIENT_ID'),
  { ...staff('openIdClientSecret', 'POSTHORN_OPENID_CLIENT_SECRET'), isSecret: true },
  staff('openIdLabel', 'POSTHORN_OPENID_LABEL'),
  staff('openIdRoleClaim', 'POSTHORN_OPENID_ROLE_CLAIM'),
  staff('openIdOrganisation', 'POSTHORN_OPENID_ORGANISATION'),
  { ...staff('smtpUrl', 'POSTHORN_SMTP_URL'), isSecret: true },
  staff('smtpFrom', 'POSTHORN_SMTP_FROM'),
  { ...staff('metricsToken', 'POSTHORN_METRICS_TOKEN'), isSecret: true },
  { ...staff('inboxToken', 'POSTHORN_INBOX_TOKEN'), isSecret: true },
  { ...staff('jwtSecret', 'POSTHORN_JWT_SECRET'), isSecret: true, isOfStart: true },
  { ...staff('encryptionKeys', 'POSTHORN_ENCRYPTION_KEYS'), isSecret: true, isOfStart: true },
]

function start(name: string, variable: string, fallback: string | null): Shown {
  return { group: 'start', name, variable, fallback }
}

function url(name: string, variable: string): Shown {
  return { group: 'urls', name, variable, fallback: null }
}

function delivery(name: string, variable: string, fallback: string): Shown {
  return { group: 'delivery', name, variable, fallback }
}

function network(name: string, variable: string): Shown {
  return { group: 'networks', name, variable, fallback: null }
}

function limit(name: string, variable: string): Shown {
  return { group: 'limits', name, variable, fallback: '1000' }
}

/** A password may stand anywhere in its URL. */
function store(name: string, variable: string): Shown {
  return { group: 'stores', name, variable, fallback: null, isSecret: true }
}

function staff(name: string, variable: string): Shown {
  return { group: 'staff', name, variable, fallback: null }
}

export function describeSettings(env: Env, isLocal: boolean): InstallationSettingOut[] {
  return SHOWN.map((shown) => {
    const { group, name, variable, isOfStart = false } = shown
    const given = env[variable] ?? ''
    const fallback = (isLocal ? shown.localFallback : undefined) ?? shown.fallback
    const value = given === '' ? fallback : writtenOf(shown, given)
    const source = given === '' ? 'default' : isOfStart ? 'start' : 'environment'
    return { group, name, value, source, variable }
  })
}

/** A URL may hold credentials. */
function writtenOf({ isSecret }: Shown, given: string): string {
  return isSecret === true ? '••••' : given.replaceAll(/\/\/[^/@\s]*@/g, '//••••@')
}
