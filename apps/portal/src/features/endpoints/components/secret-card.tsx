import { Button, Dialog, Field, GraceField, Menu, toast, useAction, useGrace } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { describeError } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { FormerSecrets } from './former-secret.tsx'

const HIDDEN_AFTER_MS = 60_000

export function SecretCard({ endpointId }: { readonly endpointId: string }) {
  const client = useClient()
  const mayView = useMay('ViewEndpointSecret')
  const mayRotate = useMay('ManageEndpointSecret')
  const [secret, setSecret] = useState<string | null>(null)
  const [isRotating, setIsRotating] = useState(false)
  useEffect(() => {
    if (secret === null) return
    const timer = setTimeout(() => setSecret(null), HIDDEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [secret])
  const fetchSecret = async () => (await client.endpoints.secret(endpointId)).key
  const reveal = () =>
    void fetchSecret().then(setSecret, (err: unknown) => toast(describeError(err)))
  return (
    <section className="card stack stack-small">
      <div className="row">
        <h2>{t('secret.title')}</h2>
        {mayRotate && (
          <Menu isArrow label={t('secret.menu')}>
            <Button onClick={() => setIsRotating(true)}>{t('secret.rotate')}</Button>
          </Menu>
        )}
      </div>
      <p className="mono secret">{secret ?? 'whsec_••••••••••••••••••••••••'}</p>
      {mayView ? (
        <div className="row">
          <Button size="small" onClick={() => (secret === null ? reveal() : setSecret(null))}>
            {t(secret === null ? 'secret.reveal' : 'secret.hide')}
          </Button>
          <CopyButton what={t('secret.title')} text={fetchSecret} />
        </div>
      ) : (
        <p className="small soft">{t('secret.forbidden')}</p>
      )}
      <p className="small soft">{t('secret.hint')}</p>
      <FormerSecrets endpointId={endpointId} />
      {isRotating && (
        <RotateDialog
          endpointId={endpointId}
          onClose={() => {
            setIsRotating(false)
            setSecret(null)
          }}
        />
      )}
    </section>
  )
}

interface RotateDialogProps {
  readonly endpointId: string
  readonly onClose: () => void
}

function RotateDialog({ endpointId, onClose }: RotateDialogProps) {
  const client = useClient()
  const queries = useQueryClient()
  const grace = useGrace()
  const [own, setOwn] = useState('')
  const rotate = useAction({
    mutationFn: () => {
      const key = own.trim() === '' ? null : own.trim()
      return client.endpoints.rotateSecret(endpointId, { key, gracePeriodSeconds: grace.seconds })
    },
    onSuccess: async () => {
      toast(t('secret.rotated'))
      onClose()
      await queries.invalidateQueries({ queryKey: ['endpoint', endpointId] })
    },
  })
  const error = rotate.error === null ? undefined : describeError(rotate.error)
  return (
    <Dialog title={t('secret.rotate')} onClose={onClose}>
      <p>{t('secret.rotate.text')}</p>
      <GraceField choice={grace} />
      <Field label={t('secret.own')} hint={t('secret.ownHint')} error={error}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            autoComplete="off"
            placeholder="whsec_…"
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        )}
      </Field>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button
          kind="primary"
          disabled={!grace.isSure || rotate.isPending}
          onClick={() => rotate.mutate()}
        >
          {t('secret.rotate.confirm')}
        </Button>
      </div>
    </Dialog>
  )
}
