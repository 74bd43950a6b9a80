import type { EndpointOut } from '@posthorn/contracts'
import { Button, Menu, toast } from '@posthorn/ui'
import { useState } from 'react'
import { copyText } from '../../../components/copy-button.tsx'
import { useMay } from '../../../lib/client.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Asked, DeedButtons, DeedDialog } from './endpoint-deeds.tsx'

/** Of a row: what leads elsewhere is told of in a toast, so that the list stays. */
export function EndpointMenu({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const { id, url } = endpoint
  return (
    <>
      <Menu isArrow label={t('endpoints.menu', { url })}>
        <Items endpoint={endpoint} onAsk={setAsked} />
      </Menu>
      <DeedDialog
        {...{ endpoint, asked }}
        onClose={() => setAsked(null)}
        onDeleted={() => undefined}
        onStarted={(task) => navigate(`/endpoints/${id}?${new URLSearchParams({ task })}`)}
      />
    </>
  )
}

interface ItemsProps {
  readonly endpoint: EndpointOut
  readonly onAsk: (asked: Asked) => void
}

function Items({ endpoint, onAsk }: ItemsProps) {
  const mayManage = useMay('ManageEndpoint')
  const mayAttempt = useMay('CreateAttempts')
  const { id } = endpoint
  const onEnabled = (disabledAt: string | null) => {
    const missed = new URLSearchParams({ missed: disabledAt ?? '' })
    const see = {
      label: t('endpoints.seeMissed'),
      act: () => navigate(`/endpoints/${id}?${missed}`),
    }
    toast(t('endpoint.enabled'), disabledAt === null ? null : see)
  }
  const deeds = (...names: Asked['deed'][]) => (
    <DeedButtons deeds={names} {...{ endpoint, onAsk, onEnabled }} />
  )
  return (
    <>
      {mayManage && (
        <Link className="button" to={`/endpoints/${id}?tab=advanced`}>
          {t('endpoints.edit')}
        </Link>
      )}
      {mayAttempt && (
        <Link className="button" to={`/endpoints/${id}?tab=testing`}>
          {t('endpoints.test')}
        </Link>
      )}
      {deeds('recover', 'disable', 'delete')}
      <Button onClick={() => void copyText(t('endpoint.id'), id)}>{t('endpoints.copyId')}</Button>
    </>
  )
}
