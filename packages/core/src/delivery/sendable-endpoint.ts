import { parseSecret, type SigningKey } from '@posthorn/signing'
import type { MatchableEndpoint } from '../endpoint/match-endpoints.ts'
import type { Vault } from '../vault.ts'

/** An endpoint with all that matching and sending need, decrypted when first asked for. */
export interface SendableEndpoint extends MatchableEndpoint {
  readonly id: string
  readonly appId: string
  readonly orgId: string
  readonly uid: string | null
  readonly version: string
  readonly url: string
  /** What in-flight caps per host count by. */
  readonly host: string
  readonly port: number
  readonly deleted: boolean
  /** Seconds between attempts; null: the installation's schedule. */
  readonly retrySchedule: readonly number[] | null
  /** An endpoint of the organisation's own application: about it, nothing is reported. */
  readonly operational: boolean
  customHeaders(): readonly (readonly [name: string, value: string])[]
  /** The keys live at that moment, the current one first. */
  signingKeys(nowMs: number): readonly SigningKey[]
}

export interface EndpointRecord {
  readonly id: string
  readonly appId: string
  readonly orgId: string
  readonly uid: string | null
  readonly version: bigint
  readonly url: string
  readonly disabled: boolean
  readonly deletedAt: Date | null
  readonly eventTypes: readonly string[]
  readonly channels: readonly string[]
  readonly retrySchedule: readonly number[]
  readonly hasOwnSchedule: boolean
  readonly headers: Uint8Array | null
}

export interface SecretRecord {
  readonly secret: Uint8Array
  readonly createdAt: Date
  /** Null: the current one. */
  readonly expiresAt: Date | null
}

export interface EndpointParts {
  readonly endpoint: EndpointRecord
  readonly secrets: readonly SecretRecord[]
  readonly operational: boolean
}

export function toSendableEndpoint(
  vault: Vault,
  { endpoint, secrets, operational }: EndpointParts,
): SendableEndpoint {
  const keys = once(() => openKeys(vault, secrets))
  const headers = once(() => openHeaders(vault, endpoint.headers))
  const url = URL.parse(endpoint.url)
  return {
    id: endpoint.id,
    appId: endpoint.appId,
    orgId: endpoint.orgId,
    uid: endpoint.uid,
    version: endpoint.version.toString(),
    url: endpoint.url,
    host: url?.host ?? endpoint.url,
    port: Number(url?.port) || (url?.protocol === 'http:' ? 80 : 443),
    disabled: endpoint.disabled,
    deleted: endpoint.deletedAt !== null,
    eventTypes: endpoint.eventTypes.length === 0 ? null : new Set(endpoint.eventTypes),
    channels: endpoint.channels.length === 0 ? null : new Set(endpoint.channels),
    retrySchedule: endpoint.hasOwnSchedule ? endpoint.retrySchedule : null,
    operational,
    customHeaders: headers,
    signingKeys: (nowMs) =>
      keys()
        .filter((key) => key.expiresAtMs > nowMs)
        .map((key) => key.key),
  }
}

interface LiveKey {
  readonly key: SigningKey
  readonly expiresAtMs: number
}

function openKeys(vault: Vault, secrets: readonly SecretRecord[]): LiveKey[] {
  return secrets
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .toSorted((a, b) => Number(a.expiresAt !== null) - Number(b.expiresAt !== null))
    .map((secret) => ({
      key: parseSecret(vault.open(secret.secret)),
      expiresAtMs: secret.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    }))
}

function openHeaders(vault: Vault, sealed: Uint8Array | null): (readonly [string, string])[] {
  if (sealed === null) return []
  return Object.entries(JSON.parse(vault.open(sealed)) as Record<string, string>)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
