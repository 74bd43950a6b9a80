import type { PastOutageOut } from '@posthorn/contracts'
import { FullTime, ListTable, localMinute, VisibleText } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { causeName } from '../../../lib/cause-name.ts'
import { formatCount, formatSeconds } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'

const SHOWN = 20
const MINUTE_MS = 60_000

/** Looked up when the page is opened, and where it led to is asked about. */
export function PastOutages() {
  const query = usePages<PastOutageOut>('/support/outage/past', { limit: SHOWN })
  return (
    <section className="stack stack-small" aria-labelledby="past-outages">
      <h2 id="past-outages">{t('outages.past')}</h2>
      <QueryView query={query}>
        {(past) =>
          past.length === 0 ? (
            <p className="soft">{t('outages.past.none')}</p>
          ) : (
            <div className="card card-flush">
              <Rows past={past} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
      <p className="small soft">{t('outages.past.text')}</p>
    </section>
  )
}

function Rows({ past }: { readonly past: readonly PastOutageOut[] }) {
  return (
    <ListTable aria-labelledby="past-outages">
      <thead>
        <tr>
          <th>{t('outages.outage')}</th>
          <th>{t('outages.customers')}</th>
          <th>{t('outages.endpoints')}</th>
          <th>{t('outages.past.when')}</th>
          <th>{t('outages.past.lasted')}</th>
        </tr>
      </thead>
      <tbody>
        {past.map((outage) => (
          <tr key={outage.id}>
            <td>
              <Link className="strong-link" to={messagesOf(outage)}>
                <VisibleText text={outage.host} />
              </Link>
              <div className="small soft">{causesText(outage)}</div>
            </td>
            <td data-label={t('outages.customers')}>{formatCount(outage.applications)}</td>
            <td data-label={t('outages.endpoints')}>{formatCount(outage.endpoints)}</td>
            <td data-label={t('outages.past.when')}>
              <FullTime at={outage.beganAt} /> – <FullTime at={outage.endedAt} />
            </td>
            <td data-label={t('outages.past.lasted')}>{lastedText(outage)}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}

/** The most frequent first; one alone needs no number. */
function causesText({ causes }: PastOutageOut): string {
  const [only] = causes
  if (only !== undefined && causes.length === 1) return causeName(only.code)
  return causes
    .map(({ code, endpoints }) => `${causeName(code)} (${formatCount(endpoints)})`)
    .join(', ')
}

function lastedText({ beganAt, endedAt }: PastOutageOut): string {
  return formatSeconds((Date.parse(endedAt) - Date.parse(beganAt)) / 1_000)
}

/** What was published meanwhile to the host; the filter's fields have the viewer's own zone. */
function messagesOf({ host, beganAt, endedAt }: PastOutageOut): string {
  const between = {
    hours: 'between',
    after: localMinute(Date.parse(beganAt) - MINUTE_MS),
    before: localMinute(Date.parse(endedAt) + MINUTE_MS),
  }
  return `/messages?${new URLSearchParams({ host, ...between })}`
}
