import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { Notice } from '@posthorn/ui'
import { t } from '../text.ts'

/** What is to be known before anybody relies on the proof: above all that there may be none. */
export function Caveat({ type }: { readonly type: SourceTypeOut }) {
  if (type.known === 'unconfirmed')
    return (
      <Notice tone="bad" title={t('known.unconfirmed')}>
        <p>{t('refusesAll', { name: type.name })}</p>
      </Notice>
    )
  if (type.caveat === null) return null
  return (
    <Notice tone="warn" title={t('caveat')}>
      <p lang="en">{type.caveat}</p>
    </Notice>
  )
}
