import { Button, toast } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface ExpungeButtonProps {
  readonly appId: string
  readonly messageId: string
}

/** For a payload that should never have been sent, or that somebody has the right to have deleted. */
export function ExpungeButton({ appId, messageId }: ExpungeButtonProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const mayExpunge = useMayAs('admin')
  const [isAsking, setIsAsking] = useState(false)
  if (!mayExpunge) return null
  const expunge = async () => {
    await transport.json({ method: 'DELETE', path: `/app/${appId}/msg/${messageId}/content` })
    toast(t('messages.expunged'))
    await queries.invalidateQueries({ queryKey: ['message', messageId] })
  }
  return (
    <div className="row">
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {t('messages.expunge')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('messages.expunge')}
          action={t('messages.expunge')}
          onConfirm={expunge}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('messages.expunge.text')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
