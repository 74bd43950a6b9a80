import {
  Button,
  Dialog,
  formatCountdown,
  Notice,
  serverAheadMs,
  toast,
  useAction,
  useNow,
} from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { SinceRotation } from './since-rotation.tsx'

const REFETCH_MS = 60_000

/** Each secret that still signs beside the current one, and how long, by the server's clock. */
export function FormerSecrets({ endpointId }: { readonly endpointId: string }) {
  const client = useClient()
  const mayManage = useMay('ManageEndpointSecret')
  const [isEnding, setIsEnding] = useState(false)
  const query = useQuery({
    queryKey: ['endpoint', endpointId, 'secrets'],
    queryFn: ({ signal }) => client.endpoints.secrets(endpointId, { signal }),
    refetchInterval: REFETCH_MS,
  })
  const nowMs = useNow(1_000) + serverAheadMs()
  const former = (query.data?.data ?? []).flatMap(({ id, fingerprint, expiresAt }) => {
    const seconds = expiresAt === null ? 0 : (Date.parse(expiresAt) - nowMs) / 1000
    return seconds > 0 ? [{ id, fingerprint, seconds }] : []
  })
  const current = query.data?.data.find(({ expiresAt }) => expiresAt === null)
  if (former.length === 0) return null
  return (
    <Notice tone="warn">
      {former.map(({ id, fingerprint, seconds }) => (
        <p key={id}>
          {t('secret.former', { fingerprint })}{' '}
          <span className="mono">{formatCountdown(seconds)}</span>
        </p>
      ))}
      {current !== undefined && (
        <SinceRotation endpointId={endpointId} rotatedAt={current.createdAt} />
      )}
      {mayManage && (
        <Button size="small" onClick={() => setIsEnding(true)}>
          {t('secret.endGrace')}
        </Button>
      )}
      {isEnding && <EndGraceDialog endpointId={endpointId} onClose={() => setIsEnding(false)} />}
    </Notice>
  )
}

interface EndGraceDialogProps {
  readonly endpointId: string
  readonly onClose: () => void
}

function EndGraceDialog({ endpointId, onClose }: EndGraceDialogProps) {
  const client = useClient()
  const queries = useQueryClient()
  const end = useAction({
    mutationFn: () => client.endpoints.endSecretGrace(endpointId),
    onSuccess: async () => {
      toast(t('secret.endGrace.done'))
      onClose()
      await queries.invalidateQueries({ queryKey: ['endpoint', endpointId] })
    },
    onError: (err) => toast(describeError(err)),
  })
  return (
    <Dialog title={t('secret.endGrace.title')} onClose={onClose}>
      <p>{t('secret.endGrace.text')}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button kind="danger" disabled={end.isPending} onClick={() => end.mutate()}>
          {t('secret.endGrace')}
        </Button>
      </div>
    </Dialog>
  )
}
