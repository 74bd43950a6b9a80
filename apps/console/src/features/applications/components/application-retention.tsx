import type { ApplicationRetentionOut } from '@posthorn/contracts/application-retention'
import { Button, doneByText, Notice } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { PayloadRetentionDialog } from './payload-retention-dialog.tsx'

/** How long this customer's payloads are kept, and who says so. */
export function ApplicationRetention({ appId }: { readonly appId: string }) {
  const transport = useTransport()
  const [isOpen, setIsOpen] = useState(false)
  const isOwner = useMayAs('owner')
  const query = useQuery({
    queryKey: ['application-retention', appId],
    queryFn: ({ signal }) =>
      transport.json<ApplicationRetentionOut>({ path: `/app/${appId}/retention`, signal }),
  })
  return (
    <section className="card stack stack-small" aria-labelledby="application-retention">
      <h2 id="application-retention">{t('payloadRetention.title')}</h2>
      <QueryView query={query}>
        {(retention) => (
          <>
            <InForce retention={retention} />
            {isOwner ? (
              <div>
                <Button size="small" onClick={() => setIsOpen(true)}>
                  {t('retention.change')}
                </Button>
              </div>
            ) : (
              <p className="small soft">{t('payloadRetention.owners')}</p>
            )}
            {isOpen && (
              <PayloadRetentionDialog
                appId={appId}
                retention={retention}
                onClose={() => setIsOpen(false)}
              />
            )}
          </>
        )}
      </QueryView>
    </section>
  )
}

function InForce({ retention }: { readonly retention: ApplicationRetentionOut }) {
  const { days, source, applicationDays, changedAt, by } = retention
  return (
    <>
      <dl className="facts">
        <dt>{t('retention.kept')}</dt>
        <dd>{t('retention.days', { n: days })}</dd>
        <dt>{t('settings.source')}</dt>
        <dd>{t(`payloadRetention.source.${source}`)}</dd>
      </dl>
      {applicationDays !== null && applicationDays > days && (
        <Notice tone="warn" title={t('payloadRetention.beyond', { n: applicationDays, days })} />
      )}
      <p className="small soft">{t('payloadRetention.text')}</p>
      {changedAt !== null && (
        <p className="small soft">
          {t('note.changed', { by: by === null ? '' : doneByText(by) })} <Time at={changedAt} />
        </p>
      )}
    </>
  )
}
