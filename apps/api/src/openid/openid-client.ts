import { isStaffRole, type StaffRole } from '@posthorn/core/staff'
import * as client from 'openid-client'

export interface OpenIdConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button says. */
  readonly label: string
  /** A claim whose roles are granted to whoever has no user yet, in this organisation; null: none is. */
  readonly grant: { readonly claim: string; readonly orgId: string } | null
  /** For providers on this machine. */
  readonly isHttpAllowed: boolean
}

/** What a browser keeps between leaving for the provider and coming back, sealed. */
export interface OpenIdTrip {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OpenIdClaims {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified: boolean
  readonly name: string | null
  readonly role: StaffRole | null
}

export interface OpenIdClient {
  readonly config: OpenIdConfig
  leave(redirectUri: string): Promise<{ readonly url: URL; readonly trip: OpenIdTrip }>
  /** Proves state, nonce, PKCE, signature, audience and the exact issuer. */
  arrive(at: URL, trip: OpenIdTrip): Promise<OpenIdClaims>
}

const TIMEOUT_SECONDS = 10

export function createOpenIdClient(config: OpenIdConfig): OpenIdClient {
  let discovered: Promise<client.Configuration> | undefined
  // A provider that was away at first is asked again.
  const discover = () =>
    (discovered ??= readProvider(config).catch((err: unknown) => {
      discovered = undefined
      throw err
    }))
  return {
    config,
    leave: async (redirectUri) => leave(await discover(), redirectUri),
    arrive: async (at, trip) => arrive(await discover(), { at, trip, config }),
  }
}

function readProvider(config: OpenIdConfig): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, isHttpAllowed } = config
  const execute = isHttpAllowed ? [client.allowInsecureRequests] : []
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute,
    timeout: TIMEOUT_SECONDS,
  })
}

async function leave(provider: client.Configuration, redirectUri: string) {
  const trip: OpenIdTrip = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
  const url = client.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: trip.state,
    nonce: trip.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
    code_challenge_method: 'S256',
  })
  return { url, trip }
}

interface Arrival {
  readonly at: URL
  readonly trip: OpenIdTrip
  readonly config: OpenIdConfig
}

async function arrive(
  provider: client.Configuration,
  { at, trip, config }: Arrival,
): Promise<OpenIdClaims> {
  const tokens = await client.authorizationCodeGrant(provider, at, {
    expectedState: trip.state,
    expectedNonce: trip.nonce,
    pkceCodeVerifier: trip.verifier,
    idTokenExpected: true,
  })
  const proved = tokens.claims()
  if (proved === undefined) throw new Error('The provider sent no ID token.')
  const user = await client.fetchUserInfo(provider, tokens.access_token, proved.sub)
  const claims = { ...user, ...proved }
  return {
    issuer: proved.iss,
    subject: proved.sub,
    email: textOf(claims['email']),
    isEmailVerified: claims['email_verified'] === true,
    name: textOf(claims['name']),
    role: config.grant === null ? null : roleOf(claims[config.grant.claim]),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 254) : null
}

/** One role, or a list of which the first that we know counts. */
function roleOf(value: unknown): StaffRole | null {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.find(isStaffRole) ?? null
}
