import type { OperationalWebhookEndpointOut } from '@posthorn/contracts'
import { Badge, Button, Empty, ListTable, Time, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import type { ScreenProps } from '../../../app/sections.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { WEBHOOKS } from '../use-operational-webhooks.ts'
import { OperationalWebhookDialog } from './operational-webhook-dialog.tsx'
import { OperationalWebhookScreen } from './operational-webhook-screen.tsx'

export function OperationalWebhooksScreen({ parts: [id] }: ScreenProps) {
  return id === undefined || id === '' ? (
    <WebhookList />
  ) : (
    <OperationalWebhookScreen key={id} id={id} />
  )
}

function WebhookList() {
  const query = usePages<OperationalWebhookEndpointOut>(WEBHOOKS)
  const [isAdding, setIsAdding] = useState(false)
  return (
    <div className="stack">
      <ScreenHeader title={t('webhooks.title')}>
        <Button kind="primary" onClick={() => setIsAdding(true)}>
          {t('webhooks.add')}
        </Button>
      </ScreenHeader>
      <QueryView query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <div className="card">
              <Empty title={t('webhooks.empty')}>
                <p>{t('webhooks.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <WebhookTable webhooks={webhooks} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
      {isAdding && <OperationalWebhookDialog onClose={() => setIsAdding(false)} />}
    </div>
  )
}

interface TableProps {
  readonly webhooks: readonly OperationalWebhookEndpointOut[]
}

function WebhookTable({ webhooks }: TableProps) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th>{t('webhooks.url')}</th>
          <th>{t('webhooks.state')}</th>
          <th>{t('webhooks.events')}</th>
          <th>{t('webhooks.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.id}>
            <td>
              <Link className="strong-link" to={`/operational-webhooks/${webhook.id}`}>
                <VisibleText text={webhook.url} />
              </Link>
              <div className="soft small">
                <VisibleText text={webhook.description} />
              </div>
            </td>
            <td>
              <WebhookState webhook={webhook} />
            </td>
            <td className="small">{webhook.eventTypes?.join(', ') ?? t('webhooks.events.all')}</td>
            <td>
              <Time at={webhook.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}

function WebhookState({ webhook }: { readonly webhook: OperationalWebhookEndpointOut }) {
  return (
    <Badge tone={webhook.disabled ? 'bad' : 'good'}>
      {t(webhook.disabled ? 'webhooks.disabled' : 'webhooks.enabled')}
    </Badge>
  )
}
