import type { QueueHealthOut } from '@posthorn/contracts'
import { Badge, formatMs, Notice } from '@posthorn/ui'
import { Time } from '../../../components/time.tsx'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { formatCount } from '../../../lib/format-figure.ts'
import { t } from '../../../lib/text.ts'

type Worker = QueueHealthOut['workers'][number]

/** They are heard of every two seconds. */
const SILENT_MS = 10_000

export function livingWorkers({ asOf, workers }: QueueHealthOut): Worker[] {
  return workers.filter(({ seenAt }) => Date.parse(asOf) - Date.parse(seenAt) < SILENT_MS)
}

export function Workers({ queue }: { readonly queue: QueueHealthOut }) {
  const living = livingWorkers(queue)
  return (
    <section className="stack stack-small" aria-labelledby="workers">
      <h2 id="workers">{t('workers.title')}</h2>
      {living.length === 0 && (
        <Notice tone="bad" title={t('workers.none')}>
          <p>{t('workers.none.text')}</p>
        </Notice>
      )}
      {queue.workers.length > 0 && (
        <div className="card card-flush">
          <table className="table">
            <thead>
              <tr>
                <th>{t('workers.worker')}</th>
                <th>{t('workers.state')}</th>
                <th>{t('workers.beat')}</th>
                <th>{t('queue.inFlight')}</th>
                <th>{t('workers.lost')}</th>
                <th>{t('workers.memory')}</th>
                <th>{t('workers.loopDelay')}</th>
              </tr>
            </thead>
            <tbody>
              {queue.workers.map((worker) => (
                <Row key={worker.id} worker={worker} isAlive={living.includes(worker)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="small soft">
        {t('workers.loopDelay.hint')} {t('pause.refeed')}
      </p>
    </section>
  )
}

function Row({ worker, isAlive }: { readonly worker: Worker; readonly isAlive: boolean }) {
  return (
    <tr>
      <td>
        <div>
          <span className="mono">{worker.host}</span>{' '}
          <span className="soft">{t('workers.pid', { pid: `${worker.pid}` })}</span>
          {worker.version !== null && <span className="soft"> · {worker.version}</span>}
        </div>
        <div className="small soft mono">{worker.id}</div>
      </td>
      <td>
        <span className="row">
          <Badge tone={isAlive ? 'good' : 'bad'}>
            {t(isAlive ? 'workers.alive' : 'workers.silent')}
          </Badge>
          {isAlive && worker.isPaused === true && <Badge tone="warn">{t('workers.paused')}</Badge>}
          {worker.isLeader && <Badge tone="idle">{t('workers.leader')}</Badge>}
        </span>
      </td>
      <td>
        <Time at={worker.seenAt} />
      </td>
      <td data-label={t('queue.inFlight')}>{formatCount(worker.inFlight)}</td>
      <td data-label={t('workers.lost')}>{formatCount(worker.lost)}</td>
      <td data-label={t('workers.memory')}>
        {worker.memoryBytes === null ? '–' : formatBytes(worker.memoryBytes)}
      </td>
      <td data-label={t('workers.loopDelay')}>
        {worker.loopDelayMs === null ? '–' : formatMs(worker.loopDelayMs)}
      </td>
    </tr>
  )
}
