import type { TestReceived } from '@posthorn/contracts'
import { Badge, Button, CodeBlock, Copyable, Empty, Time, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface ReceivedListProps {
  readonly appId: string
  /** The newest first. */
  readonly received: readonly TestReceived[]
}

/** Looked for every two seconds while it is seen; what is open stays open. */
export function ReceivedList({ appId, received }: ReceivedListProps) {
  const clear = useClear(appId)
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('testReceiver.received')}</h2>
        {received.length > 0 && (
          <Button size="small" disabled={clear.isPending} onClick={() => clear.mutate()}>
            {t('testReceiver.clear')}
          </Button>
        )}
      </div>
      <p className="small soft" role="status">
        {t('testReceiver.count', { n: received.length })}
      </p>
      {received.length === 0 ? (
        <Empty title={t('testReceiver.empty')}>
          <p>{t('testReceiver.empty.text')}</p>
        </Empty>
      ) : (
        received.map((entry) => <Received key={entry.id} entry={entry} />)
      )}
    </section>
  )
}

function useClear(appId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      transport.json({
        method: 'DELETE',
        path: `/app/${encodeURIComponent(appId)}/test-receiver/received`,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['test-receiver', appId] }),
    onError: (err) => toast(describeError(err)),
  })
}

function Received({ entry }: { readonly entry: TestReceived }) {
  const isVerified = entry.verdict === 'current_secret' || entry.verdict === 'former_secret'
  return (
    <details className="received">
      <summary>
        <span className="row row-inline">
          <Badge tone={isVerified ? 'good' : 'bad'}>
            {t(isVerified ? 'testReceiver.verified' : 'testReceiver.notVerified')}
          </Badge>
          <Time at={entry.receivedAt} />
          <span className="mono">
            <VisibleText text={headerOf(entry, 'webhook-id') || '–'} />
          </span>
          <span className="soft">
            {t('testReceiver.line', {
              code: entry.answeredStatusCode,
              n: entry.bodyBytes,
            })}
          </span>
        </span>
      </summary>
      <div className="stack">
        <p>{verdictText(entry)}</p>
        <Headers entry={entry} />
        <CodeBlock
          label={t(entry.isBase64 ? 'testReceiver.body.base64' : 'testReceiver.body')}
          text={entry.body}
        />
      </div>
    </details>
  )
}

function headerOf({ headers }: TestReceived, name: string): string {
  return headers.find(([header]) => header === name)?.[1] ?? ''
}

function verdictText({ verdict, endpointId, fingerprint }: TestReceived): string {
  return t(`testReceiver.verdict.${verdict}`, {
    endpoint: endpointId ?? '',
    fingerprint: fingerprint ?? '',
  })
}

function Headers({ entry }: { readonly entry: TestReceived }) {
  return (
    <div className="stack stack-small">
      <h3>{t('testReceiver.headers')}</h3>
      <dl className="facts mono">
        {entry.headers.map(([name, value], index) => (
          <div className="facts-row" key={index}>
            <dt>
              <VisibleText text={name} />
            </dt>
            <dd>
              <Copyable what={name} text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
