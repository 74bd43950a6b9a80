import { INGEST_SOURCE_TYPES, type IngestSourceOut } from '@posthorn/contracts/ingest'
import { FLOW_TYPE, isUnverified, type Page, type SourceView } from '@posthorn/core'
import { CRON_TYPE, cronSettingsOf, LOSANT_TYPE } from '@posthorn/core/ingest'
import { findProvider } from '@posthorn/providers'
import { presentPage } from './page-presenter.ts'

const SDK_TYPES = new Set<string>(INGEST_SOURCE_TYPES)

/** What both generations of the SDKs read: an unknown type would make their clients throw. */
export function sdkType(type: string): string {
  return SDK_TYPES.has(type) ? type : 'generic-webhook'
}

export interface Presentation {
  /** Base of receiving URLs. */
  readonly base: string
}

/** As the SDKs can read it. */
export function presentSource(source: SourceView, { base }: Presentation): IngestSourceOut {
  const { id, uid, name, type, metadata, appId } = source
  const provider = findProvider(type)
  return {
    id,
    uid,
    name,
    ingestUrl: receivingUrl(base, source),
    type: sdkType(type),
    config: publicConfig(source),
    metadata,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString(),
    appId,
    unverified: provider !== null && isUnverified(provider, source),
  }
}

export function presentSources(page: Page<SourceView>, presentation: Presentation) {
  return presentPage(page, (source) => presentSource(source, presentation))
}

export function flowUrl(base: string, id: string): string {
  return `${base}/v1/flow-webhook/${id}`
}

export function receivingUrl(
  base: string,
  { id, type, token }: Pick<SourceView, 'id' | 'type' | 'token'>,
): string {
  if (type === FLOW_TYPE) return flowUrl(base, id)
  return `${base}/${type === LOSANT_TYPE ? 'webhooks' : 'in'}/${token}`
}

// Settings may hold credentials: shown is what the SDKs read, a schedule and a public key.
function publicConfig({ type, config, secrets }: SourceView): Record<string, string> {
  if (type === CRON_TYPE) {
    const { schedule, payload, contentType } = cronSettingsOf(config)
    return { schedule, payload, contentType }
  }
  const [key] = secrets
  const isPublic = findProvider(type)?.key.field === 'publicKey'
  return isPublic && key !== undefined ? { publicKey: key } : {}
}
