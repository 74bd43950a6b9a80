import { INGEST_SOURCE_TYPES, type IngestSourceOut } from '@posthorn/contracts/ingest'
import { isUnverified, type Page, type SourceView } from '@posthorn/core'
import { LOSANT_TYPE } from '@posthorn/core/ingest'
import { findProvider } from '@posthorn/providers'
import { presentPage } from './page-presenter.ts'

const SDK_TYPES = new Set<string>(INGEST_SOURCE_TYPES)

export interface Presentation {
  /** Base of receiving URLs. */
  readonly base: string
}

/** As the SDKs can read it: an unknown type would make their clients throw. */
export function presentSource(source: SourceView, { base }: Presentation): IngestSourceOut {
  const { id, uid, name, type, metadata, appId } = source
  const provider = findProvider(type)
  return {
    id,
    uid,
    name,
    ingestUrl: receivingUrl(base, source),
    type: SDK_TYPES.has(type) ? type : 'generic-webhook',
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

export function receivingUrl(
  base: string,
  { type, token }: Pick<SourceView, 'type' | 'token'>,
): string {
  return `${base}/${type === LOSANT_TYPE ? 'webhooks' : 'in'}/${token}`
}

// Settings may hold credentials; what the provider calls a public key is shown, as the SDKs have it.
function publicConfig({ type, secrets }: SourceView): Record<string, string> {
  const [key] = secrets
  const isPublic = findProvider(type)?.key.field === 'publicKey'
  return isPublic && key !== undefined ? { publicKey: key } : {}
}
