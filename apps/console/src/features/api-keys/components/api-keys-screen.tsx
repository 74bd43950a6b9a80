import type { ApiKeyOut } from '@posthorn/contracts'
import { Badge, Button, Empty, VisibleText } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'

export function ApiKeysScreen() {
  const query = usePages<ApiKeyOut>('/api-key')
  const [isCreating, setIsCreating] = useState(false)
  const create = (
    <Button kind="primary" onClick={() => setIsCreating(true)}>
      {t('apiKeys.create')}
    </Button>
  )
  return (
    <div className="stack">
      <ScreenHeader title={t('apiKeys.title')}>{create}</ScreenHeader>
      <QueryView query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <div className="card">
              <Empty title={t('apiKeys.empty')}>
                <p>{t('apiKeys.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <KeyTable keys={keys} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
      {isCreating && <CreateKeyDialog onClose={() => setIsCreating(false)} />}
    </div>
  )
}

function KeyTable({ keys }: { readonly keys: readonly ApiKeyOut[] }) {
  const [revoking, setRevoking] = useState<ApiKeyOut | null>(null)
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th>{t('field.name')}</th>
            <th>{t('apiKeys.scopes')}</th>
            <th>{t('apiKeys.created')}</th>
            <th>{t('apiKeys.state')}</th>
            <th>
              <span className="visually-hidden">{t('list.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </tbody>
      </table>
      {revoking !== null && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

interface KeyRowProps {
  readonly apiKey: ApiKeyOut
  readonly onRevoke: () => void
}

function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  return (
    <tr>
      <td>
        <strong>
          <VisibleText text={apiKey.name} />
        </strong>
        <div className="mono soft">{apiKey.id}</div>
      </td>
      <td>{apiKey.scopes.join(', ')}</td>
      <td>
        <Time at={apiKey.createdAt} />
      </td>
      <td>
        <KeyState apiKey={apiKey} />
      </td>
      <td className="cell-actions">
        {apiKey.revokedAt === null && (
          <Button
            size="small"
            aria-label={t('apiKeys.revoke.label', { name: apiKey.name })}
            onClick={onRevoke}
          >
            {t('apiKeys.revoke')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function KeyState({ apiKey }: { readonly apiKey: ApiKeyOut }) {
  const { revokedAt, expiresAt } = apiKey
  if (revokedAt !== null) return <Badge tone="bad">{t('apiKeys.revoked')}</Badge>
  if (expiresAt === null) return <Badge tone="good">{t('apiKeys.inForce')}</Badge>
  if (Date.parse(expiresAt) <= Date.now()) return <Badge tone="bad">{t('apiKeys.expired')}</Badge>
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
