import { useTriggeredEndpoints } from '../api/source-queries.ts'
import { TriggeredEndpoints } from '../parts/triggered-endpoints.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** Which endpoints take what comes, by name. */
export function Triggers({ sourceId }: { readonly sourceId: string }) {
  const { QueryView } = useHost()
  const query = useTriggeredEndpoints(sourceId)
  return (
    <section className="card stack stack-small" aria-label={t('triggers')}>
      <h2>{t('triggers')}</h2>
      <p className="soft small">{t('triggers.text')}</p>
      <QueryView query={query} rows={1}>
        {(endpoints) =>
          endpoints.length === 0 ? (
            <p>{t('triggers.none')}</p>
          ) : (
            <TriggeredEndpoints endpoints={endpoints} />
          )
        }
      </QueryView>
    </section>
  )
}
