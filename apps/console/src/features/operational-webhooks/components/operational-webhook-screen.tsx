import type { OperationalWebhookEndpointOut } from '@posthorn/contracts'
import { Badge, Button, Copyable, TimeAndUtc, VisibleText } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { SecretReveal } from '../../../components/secret-reveal.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { pathOf, useOperationalWebhook, WEBHOOKS } from '../use-operational-webhooks.ts'
import { HeadersCard } from './headers-card.tsx'
import { OperationalWebhookDialog } from './operational-webhook-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { WebhookAttempts } from './webhook-attempts.tsx'

export function OperationalWebhookScreen({ id }: { readonly id: string }) {
  const query = useOperationalWebhook(id)
  return (
    <div className="stack">
      <p>
        <Link to="/operational-webhooks">{t('webhooks.title')}</Link>
      </p>
      {query.data === undefined && <h1 className="visually-hidden">{t('webhooks.title')}</h1>}
      <QueryView query={query}>
        {(webhook) => (
          <>
            <Head webhook={webhook} />
            <Facts webhook={webhook} />
            <Secret id={webhook.id} />
            <HeadersCard id={webhook.id} />
            <WebhookAttempts id={webhook.id} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly webhook: OperationalWebhookEndpointOut
}

function Head({ webhook }: PartProps) {
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="row row-between">
      <h1>
        <VisibleText text={webhook.url} />
      </h1>
      <div className="row">
        <Button onClick={() => setOpen('edit')}>{t('webhooks.edit')}</Button>
        <Button kind="danger" onClick={() => setOpen('delete')}>
          {t('webhooks.delete')}
        </Button>
      </div>
      {open === 'edit' && <OperationalWebhookDialog webhook={webhook} onClose={close} />}
      {open === 'delete' && <DeleteDialog webhook={webhook} onClose={close} />}
    </div>
  )
}

function DeleteDialog({ webhook, onClose }: PartProps & { readonly onClose: () => void }) {
  const transport = useTransport()
  const queries = useQueryClient()
  const remove = async () => {
    await transport.json({ method: 'DELETE', path: pathOf(webhook.id) })
    navigate('/operational-webhooks')
    // Of the deleted one nothing is asked again, or it would be shown as missing for a moment.
    await queries.invalidateQueries({ queryKey: [WEBHOOKS, {}] })
  }
  return (
    <ConfirmDialog
      title={t('webhooks.delete')}
      action={t('webhooks.delete')}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('webhooks.delete.text', { url: webhook.url })}</p>
    </ConfirmDialog>
  )
}

function Facts({ webhook }: PartProps) {
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('webhooks.state')}</dt>
        <dd>
          <Badge tone={webhook.disabled ? 'bad' : 'good'}>
            {t(webhook.disabled ? 'webhooks.disabled' : 'webhooks.enabled')}
          </Badge>
        </dd>
        <dt>{t('webhooks.description')}</dt>
        <dd>
          <VisibleText text={webhook.description === '' ? '–' : webhook.description} />
        </dd>
        <dt>{t('webhooks.events')}</dt>
        <dd>{webhook.eventTypes?.join(', ') ?? t('webhooks.events.all')}</dd>
        <dt>{t('webhooks.created')}</dt>
        <dd>
          <TimeAndUtc at={webhook.createdAt} />
        </dd>
        <dt>{t('webhooks.id')}</dt>
        <dd>
          <Copyable what={t('webhooks.id')} text={webhook.id} />
        </dd>
        <dt>{t('webhooks.url')}</dt>
        <dd>
          <Copyable what={t('webhooks.url')} text={webhook.url} />
        </dd>
      </dl>
    </section>
  )
}

function Secret({ id }: { readonly id: string }) {
  const [rotations, setRotations] = useState(0)
  const [isRotating, setIsRotating] = useState(false)
  return (
    <>
      <SecretReveal
        // What was revealed is the former one after a rotation.
        key={rotations}
        title={t('secret.title')}
        path={`${pathOf(id)}/secret`}
        hint={t('webhooks.secret.hint')}
      >
        <Button size="small" onClick={() => setIsRotating(true)}>
          {t('webhooks.rotate')}
        </Button>
      </SecretReveal>
      {isRotating && (
        <RotateDialog
          id={id}
          onClose={() => setIsRotating(false)}
          onRotated={() => setRotations(rotations + 1)}
        />
      )}
    </>
  )
}
