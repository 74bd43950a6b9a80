import { shownHeaders } from '@posthorn/contracts/header-rule'
import { HeaderList } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import type { DraftParts } from './draft-field.tsx'
import { HeaderFields } from './header-fields.tsx'
import { NO_HEADER, withHeader, withoutHeader } from './typed-header.ts'

/** Of an endpoint that isn't there yet: they are kept in its draft, and shown as they will be once it is. */
export function NewHeaders({ draft, change, faults }: DraftParts) {
  const { headers, typedHeader } = draft
  return (
    <fieldset className="plain-fieldset stack stack-small">
      <legend className="field-label">{t('headers.title')}</legend>
      <p className="soft small">{t('headers.text')}</p>
      <HeaderList
        headers={shownHeaders(headers)}
        onRemove={(name) => change({ headers: withoutHeader(headers, name) })}
      />
      <HeaderFields
        typed={typedHeader}
        onChange={(typed) => change({ typedHeader: typed })}
        onAdd={() => change({ headers: withHeader(headers, typedHeader), typedHeader: NO_HEADER })}
        error={faults.get('headers')}
      />
    </fieldset>
  )
}
