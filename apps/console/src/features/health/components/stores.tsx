import type { StoreOut } from '@posthorn/contracts'
import { Badge, formatMs } from '@posthorn/ui'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { t } from '../../../lib/text.ts'

/** Where everything is kept: what waits for its time in the database, what is due soon in the queue, too. */
export function Stores({ stores }: { readonly stores: readonly StoreOut[] }) {
  return (
    <section className="stack stack-small" aria-labelledby="stores">
      <h2 id="stores">{t('stores.title')}</h2>
      <div className="card card-flush">
        <table className="table" aria-labelledby="stores">
          <thead>
            <tr>
              <th>{t('stores.store')}</th>
              <th>{t('stores.state')}</th>
              <th>{t('stores.latency')}</th>
              <th>{t('stores.size')}</th>
            </tr>
          </thead>
          <tbody>
            {stores.map((store) => (
              <Row key={store.kind} store={store} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">{t('stores.hint')}</p>
    </section>
  )
}

const BACKENDS = { postgres: 'PostgreSQL', redis: 'Redis' } as const

function Row({ store }: { readonly store: StoreOut }) {
  const { kind, backend, isReachable, latencyMs, bytes } = store
  return (
    <tr>
      <td>
        <div>{t(`stores.${kind}`)}</div>
        <div className="small soft">{BACKENDS[backend]}</div>
      </td>
      <td>
        <Badge tone={isReachable ? 'good' : 'bad'}>
          {t(isReachable ? 'stores.reachable' : 'stores.away')}
        </Badge>
      </td>
      <td data-label={t('stores.latency')}>{latencyMs === null ? '–' : formatMs(latencyMs)}</td>
      <td data-label={t('stores.size')}>
        {bytes === null ? (
          '–'
        ) : (
          <>
            {formatBytes(bytes)}{' '}
            <span className="small soft">
              {t(backend === 'redis' ? 'stores.memory' : 'stores.disk')}
            </span>
          </>
        )}
      </td>
    </tr>
  )
}
