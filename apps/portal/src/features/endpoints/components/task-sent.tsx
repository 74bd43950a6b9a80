import type { BackgroundTaskOut, TaskOutcome } from '@posthorn/contracts'
import { TaskDeliveries, TaskSentByOutcome, useTaskDeliveries, VisibleText } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'

export interface TaskSentProps {
  readonly task: BackgroundTaskOut
}

/** What became of what a task sent; the URL names the outcome whose messages are listed. */
export function TaskSent({ task }: TaskSentProps) {
  const [asked, onAsk] = useSearchValue('outcome')
  return (
    <TaskSentByOutcome
      outcomes={task.outcomes}
      {...{ asked, onAsk }}
      renderList={(outcome) => <SentList task={task} outcome={outcome} />}
    />
  )
}

function SentList({ task, outcome }: TaskSentProps & { readonly outcome: TaskOutcome }) {
  const client = useClient()
  const query = useTaskDeliveries({
    task,
    outcome,
    fetchPage: (asked, signal) => client.tasks.deliveries(task.id, { ...asked }, { signal }),
  })
  return (
    <QueryView query={query} rows={2}>
      {() => (
        <TaskDeliveries
          query={query}
          renderMessage={({ messageId, eventType }) => (
            <Link className="strong-link" to={`/messages/${messageId}`}>
              <VisibleText text={eventType} />
            </Link>
          )}
        />
      )}
    </QueryView>
  )
}
