import { Notice, Time } from '@posthorn/ui'
import { useFirstRequest } from '../api/source-queries.ts'
import { OutcomeBadge, Reason } from '../parts/outcome.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

const WELL = new Set(['accepted', 'duplicate', 'handshake'])

/** Waits until something comes, and then says what became of it. */
export function FirstRequest({ sourceId }: { readonly sourceId: string }) {
  const { Link, may, QueryView } = useHost()
  const query = useFirstRequest(sourceId)
  return (
    <div role="status">
      <QueryView query={query} rows={1}>
        {(request) => {
          if (request === null)
            return (
              <Notice tone="idle" title={t('first.waiting')}>
                <p>{t('first.waiting.text')}</p>
              </Notice>
            )
          const isWell = WELL.has(request.outcome)
          return (
            <Notice
              tone={isWell ? 'good' : 'bad'}
              title={t(isWell ? 'first.received' : 'first.refused')}
            >
              <div className="row">
                <OutcomeBadge outcome={request.outcome} />
                <Time at={request.timestamp} />
                {may.readContent && (
                  <Link to={`/sources/${sourceId}/requests/${request.id}`}>{t('first.open')}</Link>
                )}
              </div>
              <Reason reason={request.reason} detail={request.detail} />
            </Notice>
          )
        }}
      </QueryView>
    </div>
  )
}
