import type { ApiKeyOut } from '@posthorn/contracts'
import { Badge, Button, Copyable, VisibleText } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { LimitNames } from '../../../components/limit-names.tsx'
import { Time } from '../../../components/time.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { isInForce, isLeftOver } from '../key-use.ts'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'

interface Open {
  readonly what: 'revoke' | 'rotate'
  readonly apiKey: ApiKeyOut
}

export function KeyTable({ keys }: { readonly keys: readonly ApiKeyOut[] }) {
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th>{t('field.name')}</th>
            <th>{t('apiKeys.scopes')}</th>
            <th>{t('apiKeys.created')}</th>
            <th>{t('apiKeys.used')}</th>
            <th>{t('apiKeys.state')}</th>
            <th>
              <span className="visually-hidden">{t('list.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} onOpen={(what) => setOpen({ what, apiKey })} />
          ))}
        </tbody>
      </table>
      {open?.what === 'revoke' && <RevokeDialog apiKey={open.apiKey} onClose={close} />}
      {open?.what === 'rotate' && <RotateKeyDialog apiKey={open.apiKey} onClose={close} />}
    </>
  )
}

interface KeyRowProps {
  readonly apiKey: ApiKeyOut
  readonly onOpen: (what: Open['what']) => void
}

function KeyRow({ apiKey, onOpen }: KeyRowProps) {
  const isOwner = useMayAs('owner')
  const { id, name, scopes, createdAt, revokedAt } = apiKey
  const mayRotate = isInForce(apiKey, Date.now()) && (isOwner || !scopes.includes('admin'))
  return (
    <tr>
      <td>
        <strong>
          <VisibleText text={name} />
        </strong>
        <Copyable what={t('apiKeys.idOf', { name })} text={id} />
      </td>
      <td data-label={t('apiKeys.scopes')}>
        {scopes.join(', ')}
        <KeyApplications apiKey={apiKey} />
      </td>
      <td data-label={t('apiKeys.created')}>
        <Time at={createdAt} />
      </td>
      <td data-label={t('apiKeys.used')}>
        <KeyUse apiKey={apiKey} />
      </td>
      <td>
        <KeyState apiKey={apiKey} />
      </td>
      <td className="cell-actions">
        <span className="row-actions">
          {mayRotate && (
            <Button
              size="small"
              aria-label={t('apiKeys.rotate.label', { name })}
              onClick={() => onOpen('rotate')}
            >
              {t('apiKeys.rotate')}
            </Button>
          )}
          {revokedAt === null && (
            <Button
              size="small"
              aria-label={t('apiKeys.revoke.label', { name })}
              onClick={() => onOpen('revoke')}
            >
              {t('apiKeys.revoke')}
            </Button>
          )}
        </span>
      </td>
    </tr>
  )
}

function KeyApplications({ apiKey: { applications } }: Pick<KeyRowProps, 'apiKey'>) {
  if (applications === null) return null
  return (
    <div className="small soft">
      {t('apiKeys.only')}: <LimitNames applications={applications} />
    </div>
  )
}

function KeyUse({ apiKey }: Pick<KeyRowProps, 'apiKey'>) {
  const { lastUsedAt } = apiKey
  return (
    <>
      {lastUsedAt === null ? t('apiKeys.used.never') : <Time at={lastUsedAt} />}{' '}
      {isLeftOver(apiKey, Date.now()) && <Badge tone="warn">{t('apiKeys.leftOver')}</Badge>}
    </>
  )
}

function KeyState({ apiKey }: Pick<KeyRowProps, 'apiKey'>) {
  const { revokedAt, expiresAt } = apiKey
  if (revokedAt !== null) return <Badge tone="bad">{t('apiKeys.revoked')}</Badge>
  if (expiresAt === null) return <Badge tone="good">{t('apiKeys.inForce')}</Badge>
  if (!isInForce(apiKey, Date.now())) return <Badge tone="bad">{t('apiKeys.expired')}</Badge>
  return (
    <Badge tone="good">
      {t('apiKeys.ends')} <Time at={expiresAt} />
    </Badge>
  )
}

interface RevokeProps {
  readonly apiKey: ApiKeyOut
  readonly onClose: () => void
}

function RevokeDialog({ apiKey, onClose }: RevokeProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const revoke = async () => {
    await transport.json({ method: 'DELETE', path: `/api-key/${apiKey.id}` })
    await queries.invalidateQueries({ queryKey: ['/api-key'] })
  }
  return (
    <ConfirmDialog
      title={t('apiKeys.revoke.title', { name: apiKey.name })}
      action={t('apiKeys.revoke')}
      onConfirm={revoke}
      onClose={onClose}
    >
      <p>{t('apiKeys.revoke.text')}</p>
    </ConfirmDialog>
  )
}
