import { Empty } from '@posthorn/ui'
import { t } from '../lib/text.ts'

/** In place of what the token doesn't grant. */
export function Forbidden({ isPage = false }: { readonly isPage?: boolean }) {
  return (
    <Empty isPage={isPage} title={t('state.forbidden.title')}>
      <p>{t('state.forbidden.text')}</p>
    </Empty>
  )
}
