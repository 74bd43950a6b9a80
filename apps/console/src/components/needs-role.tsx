import type { StaffRole } from '@posthorn/contracts'
import { Empty } from '@posthorn/ui'
import { t } from '../lib/text.ts'

/** In place of what is for a higher role. */
export function NeedsRole({ role }: { readonly role: StaffRole }) {
  return (
    <Empty title={t('state.forbidden.title')}>
      <p>{t('state.forbidden.role', { role: t(`role.${role}`) })}</p>
    </Empty>
  )
}
