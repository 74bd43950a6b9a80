import type { TrafficCauseList } from '@posthorn/contracts'
import { causeSentence, formatNumber, VisibleText } from '@posthorn/ui'
import { formatShare } from '../lib/format.ts'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import { type CausesOf, useCauses } from '../lib/use-causes.ts'
import { QueryView } from './query-view.tsx'

/** What failed in the last day, by why: of a longer time causes aren't kept in sums. */
export function CausesOfDay(narrowed: CausesOf) {
  const query = useCauses(narrowed)
  return (
    <section className="stack stack-small" aria-label={t('activity.causes')}>
      <h2>{t('activity.causes')}</h2>
      <QueryView query={query} rows={2}>
        {(causes) => <Causes causes={causes} />}
      </QueryView>
    </section>
  )
}

function Causes({ causes: { data, attempts, isPart } }: { readonly causes: TrafficCauseList }) {
  const failed = data.reduce((sum, { count }) => sum + count, 0)
  if (failed === 0 && !isPart) return <p className="soft">{t('activity.causes.none')}</p>
  return (
    <>
      <p className="small soft">
        {isPart
          ? t('activity.causes.part', { n: formatNumber(attempts) })
          : t('activity.causes.all', { n: failed })}
      </p>
      {failed > 0 && (
        <div className="card card-flush">
          <table className="table">
            <thead>
              <tr>
                {(['cause', 'count', 'share'] as const).map((name) => (
                  <th scope="col" key={name}>
                    {t(`activity.causes.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((cause) => (
                <CauseRow key={cause.code} cause={cause} failed={failed} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

interface CauseRowProps {
  readonly cause: TrafficCauseList['data'][number]
  readonly failed: number
}

/** The sentence is that of the newest attempt: it may name a host, and the others had another. */
function CauseRow({ cause: { count, endpoints, newest }, failed }: CauseRowProps) {
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/messages/${newest.msgId}?attempt=${newest.id}`}>
          <VisibleText text={causeSentence(newest)} />
        </Link>
        {endpoints > 1 && (
          <div className="small soft">{t('activity.causes.endpoints', { n: endpoints })}</div>
        )}
      </td>
      <td data-label={t('activity.causes.count')}>{formatNumber(count)}</td>
      <td data-label={t('activity.causes.share')}>{formatShare(count / failed)}</td>
    </tr>
  )
}
