import type { PublisherOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { Link } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** Whose call, or which source, a message came by. */
export function PublishedBy({ publisher }: { readonly publisher: PublisherOut }) {
  const { kind, id, name } = publisher
  const mayReadKeys = useMayAs('admin')
  const shown = <VisibleText text={name ?? id ?? ''} />
  return (
    <>
      {t(`publisher.${kind}`)}{' '}
      {kind === 'source' && id !== null && <Link to={`/sources/${id}`}>{shown}</Link>}
      {kind === 'key' && mayReadKeys && <Link to="/api-keys">{shown}</Link>}
      {kind !== 'source' && !(kind === 'key' && mayReadKeys) && shown}
    </>
  )
}
