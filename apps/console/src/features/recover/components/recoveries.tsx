import type { BackgroundTaskOut } from '@posthorn/contracts'
import {
  Badge,
  Empty,
  formatNumber,
  ListTable,
  TASK_TONES,
  taskState,
  VisibleText,
} from '@posthorn/ui'
import '../recover.css'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useRecoveries } from '../api/recover-queries.ts'
import { describeStored } from '../selection.ts'
import { stateText } from '../state-text.ts'

/** What runs and what ran last. */
export function Recoveries() {
  const query = useRecoveries()
  return (
    <section className="stack stack-small" aria-labelledby="recoveries">
      <h2 id="recoveries">{t('recoveries.title')}</h2>
      <QueryView query={query}>
        {(tasks) =>
          tasks.length === 0 ? (
            <div className="card">
              <Empty title={t('recoveries.empty')} />
            </div>
          ) : (
            <div className="card card-flush">
              <ListTable>
                <thead>
                  <tr>
                    <th>{t('recoveries.of')}</th>
                    <th>{t('recoveries.state')}</th>
                    <th>{t('recovery.done.title')}</th>
                    <th>{t('recovery.started')}</th>
                  </tr>
                </thead>
                <tbody>
                  {tasks.map((task) => (
                    <Row key={task.id} task={task} />
                  ))}
                </tbody>
              </ListTable>
            </div>
          )
        }
      </QueryView>
    </section>
  )
}

function Row({ task }: { readonly task: BackgroundTaskOut }) {
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/recover/${task.id}`}>
          <VisibleText text={describeStored(task.data)} />
        </Link>
      </td>
      <td>
        <Badge tone={TASK_TONES[taskState(task)]}>{stateText(task)}</Badge>
      </td>
      <td data-label={t('recovery.done.title')}>{formatNumber(task.progress.done)}</td>
      <td>
        <Time at={task.createdAt} />
      </td>
    </tr>
  )
}
