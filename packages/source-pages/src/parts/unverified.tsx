import type { SourceOut } from '@posthorn/contracts/ingest'
import { Badge, Notice } from '@posthorn/ui'
import { t } from '../text.ts'

type Proof = Pick<SourceOut, 'unverified' | 'secrets' | 'options'>

/** What has to be seen wherever a source is: that it takes all, or nothing. */
export function SourceBadges({ source }: { readonly source: Proof }) {
  return (
    <>
      {!source.options.enabled && <Badge tone="idle">{t('disabled')}</Badge>}
      {source.unverified && <Badge tone="warn">{t('unverified')}</Badge>}
    </>
  )
}

export function UnverifiedNotice({ source }: { readonly source: Proof }) {
  if (!source.unverified) return null
  return (
    <Notice tone="warn" title={t('unverified')}>
      <p>{t('unverified.text')}</p>
    </Notice>
  )
}
