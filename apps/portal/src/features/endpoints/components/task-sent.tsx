import type { BackgroundTaskOut, TaskOutcome } from '@posthorn/contracts'
import {
  isTaskOutcome,
  TaskDeliveries,
  TaskOutcomes,
  useTaskDeliveries,
  VisibleText,
} from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'

export interface TaskSentProps {
  readonly task: BackgroundTaskOut
}

/** What became of what a task sent; the URL names the outcome whose messages are listed. */
export function TaskSent({ task }: TaskSentProps) {
  const [asked, setOutcome] = useSearchValue('outcome')
  const { outcomes } = task
  if (outcomes === null) return null
  const chosen = isTaskOutcome(asked) ? asked : null
  return (
    <>
      <TaskOutcomes
        outcomes={outcomes}
        chosen={chosen}
        onChoose={(outcome) => setOutcome(outcome ?? '')}
      />
      {chosen !== null && <SentList task={task} outcome={chosen} />}
    </>
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
