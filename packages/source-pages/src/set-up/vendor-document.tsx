import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { t } from '../text.ts'

/** Providers move their pages about: theirs is the last word on where things are. */
export function VendorDocument({ type }: { readonly type: SourceTypeOut }) {
  if (type.document === null) return null
  return (
    <p className="small">
      <a href={type.document} target="_blank" rel="noreferrer">
        {t('setUp.document', { name: type.name })}
      </a>
    </p>
  )
}
