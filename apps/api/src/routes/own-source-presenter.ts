import type { SourceOut } from '@posthorn/contracts/ingest'
import { type getSourcesReceived, isUnverified, type SourceView } from '@posthorn/core'
import { findProvider, learnsSecret, type Provider } from '@posthorn/providers'
import { idTimeMs } from '@posthorn/runtime'
import { receivingUrl } from './source-presenter.ts'

type Received = Awaited<ReturnType<typeof getSourcesReceived>>

export interface OwnPresentation {
  /** Base of receiving URLs. */
  readonly base: string
  /** Null: not asked for. */
  readonly received?: Received | null
}

/** As our own API has it: of every type, but never a secret. */
export function presentOwn(
  source: SourceView,
  { base, received = null }: OwnPresentation,
): SourceOut {
  const { id, uid, name, type, appId, options, metadata } = source
  const provider = findProvider(type)
  return {
    id,
    uid,
    name,
    type,
    appId,
    ingestUrl: receivingUrl(base, source),
    settings: Object.keys(source.config).sort(),
    shownConfig: shownConfig(source, provider),
    secrets: source.secrets.length,
    secretLearnedAt: options.secretLearnedAt,
    options: presentOptions(options),
    unverified: provider !== null && isUnverified(provider, source),
    awaitsSecret: provider !== null && awaitsSecret(provider, source),
    ...(received !== null && { received: presentReceived(received, id) }),
    metadata,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString(),
  }
}

function presentOptions(options: SourceView['options']): SourceOut['options'] {
  const { enabled, noVerification, dedupeSeconds, rate, bodies, reply, waitForReply } = options
  const { quarantineRequests, quarantineBytes, quarantineDays } = options
  return {
    enabled,
    noVerification,
    dedupeSeconds,
    rate,
    bodies,
    reply,
    waitForReply,
    quarantineRequests,
    quarantineBytes,
    quarantineDays,
  }
}

function awaitsSecret(provider: Provider, source: SourceView): boolean {
  const takesNone = provider.key.field === 'none' || learnsSecret(provider)
  return !takesNone && source.secrets.length === 0 && !isUnverified(provider, source)
}

// Only what the provider's row names and doesn't call a secret: anything else may be one.
function shownConfig({ config }: SourceView, provider: Provider | null): SourceOut['shownConfig'] {
  const shown = (provider?.settings ?? []).filter(({ secret }) => secret !== true)
  return Object.fromEntries(
    shown.flatMap(({ name }) => {
      const value = Object.hasOwn(config, name) ? config[name] : undefined
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function presentReceived(received: Received, id: string): NonNullable<SourceOut['received']> {
  const { lastRequestId, judged, verified, quarantined } = received.get(id) ?? NOTHING
  const lastMs = lastRequestId === null ? null : idTimeMs('srcreq_', lastRequestId)
  const lastAt = lastMs === null ? null : new Date(lastMs).toISOString()
  return { lastAt, judged, verified, quarantined }
}

const NOTHING = { lastRequestId: null, judged: 0, verified: 0, quarantined: 0 }
