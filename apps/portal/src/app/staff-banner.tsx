import { VisibleText } from '@posthorn/ui'
import { useMay } from '../lib/client.tsx'
import { t } from '../lib/text.ts'

/** On every screen, also of a page without navigation: nobody takes a customer's portal for their own. */
export function StaffBanner({ name }: { readonly name: string }) {
  const mayManage = useMay('ManageEndpoint')
  return (
    <aside className="staff-banner" aria-label={t('staff.title')}>
      <strong>{t('staff.title')}</strong>{' '}
      {name !== '' && (
        <>
          <VisibleText text={name} />
          {'. '}
        </>
      )}
      {t(mayManage ? 'staff.manage' : 'staff.readOnly')}
    </aside>
  )
}
