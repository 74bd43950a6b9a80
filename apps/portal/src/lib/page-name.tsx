import { VisibleText } from '@posthorn/ui'
import { type NamedPage, useBrand } from './look.ts'
import { t } from './text.ts'

const TEXTS = {
  endpoints: 'endpoints.title',
  messages: 'messages.title',
  'event-types': 'eventTypes.title',
} as const

/** As whoever runs this calls it in their product, else as we do. */
export function PageName({ of }: { readonly of: NamedPage }) {
  const label = useBrand().labels[of]
  return label === undefined ? t(TEXTS[of]) : <VisibleText text={label} />
}
