import type { RetentionOut } from '@posthorn/contracts'
import { Button, FullTime, Notice } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { RetentionDialog } from './retention-dialog.tsx'
import { RetentionRules } from './retention-rules.tsx'
import { StoredWeeks } from './stored-weeks.tsx'

export function RetentionScreen() {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['/installation/retention'],
    queryFn: ({ signal }) =>
      transport.json<RetentionOut>({ path: '/installation/retention', signal }),
  })
  return (
    <div className="stack">
      <ScreenHeader title={t('retention.title')} />
      <QueryView query={query}>
        {(retention) => (
          <>
            <InForce retention={retention} />
            <RetentionRules rules={retention.rules} />
            <StoredWeeks weeks={retention.weeks} totalBytes={retention.totalBytes} />
          </>
        )}
      </QueryView>
    </div>
  )
}

function InForce({ retention }: { readonly retention: RetentionOut }) {
  const [isOpen, setIsOpen] = useState(false)
  const { days, source, changedAt, changedBy, mayChange } = retention
  const isOwner = useMayAs('owner')
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('retention.days', { n: days })}</h2>
        {isOwner && mayChange && (
          <Button onClick={() => setIsOpen(true)}>{t('retention.change')}</Button>
        )}
      </div>
      <p>{t(`retention.source.${source}`)}</p>
      {source === 'console' && changedAt !== null && (
        <p className="small soft">
          <FullTime at={changedAt} /> · <span className="mono">{changedBy}</span>
        </p>
      )}
      <Notice tone="idle" title={t('retention.all')}>
        <p>{t('retention.all.text')}</p>
        {!(isOwner && mayChange) && <p>{whyNot(retention)}</p>}
      </Notice>
      {isOpen && <RetentionDialog retention={retention} onClose={() => setIsOpen(false)} />}
    </section>
  )
}

function whyNot({ othersOrganisations }: RetentionOut): string {
  const others = othersOrganisations ?? 0
  return others === 0 ? t('retention.owners') : t('retention.others', { n: others })
}
