import { ConfigError, type Env, parseEnv } from '@posthorn/runtime'
import * as z from 'zod'
import type { OpenIdConfig } from './openid-client.ts'

const OpenIdEnv = z.object({
  POSTHORN_OPENID_ISSUER: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_OPENID_CLIENT_ID: z.string().optional(),
  POSTHORN_OPENID_CLIENT_SECRET: z.string().optional(),
  POSTHORN_OPENID_LABEL: z.string().max(60).default('OpenID Connect'),
  POSTHORN_OPENID_ROLE_CLAIM: z.string().optional(),
  POSTHORN_OPENID_ORGANISATION: z.string().optional(),
})

/**
 * Null without an issuer.
 *
 * @throws {ConfigError} naming every fault
 */
export function openIdConfig(env: Env): OpenIdConfig | null {
  const read = parseEnv(OpenIdEnv, env)
  const issuer = read.POSTHORN_OPENID_ISSUER
  if (issuer === undefined) return null
  const needed = ['POSTHORN_OPENID_CLIENT_ID', 'POSTHORN_OPENID_CLIENT_SECRET'] as const
  const missing = needed.filter((name) => read[name] === undefined)
  if (missing.length > 0)
    throw new ConfigError(missing.map((name) => `${name}: is required with an issuer`))
  const claim = read.POSTHORN_OPENID_ROLE_CLAIM
  const orgId = read.POSTHORN_OPENID_ORGANISATION
  return {
    issuer,
    clientId: read.POSTHORN_OPENID_CLIENT_ID ?? '',
    clientSecret: read.POSTHORN_OPENID_CLIENT_SECRET ?? '',
    label: read.POSTHORN_OPENID_LABEL,
    grant: claim === undefined || orgId === undefined ? null : { claim, orgId },
    isHttpAllowed: ['127.0.0.1', 'localhost'].includes(new URL(issuer).hostname),
  }
}
