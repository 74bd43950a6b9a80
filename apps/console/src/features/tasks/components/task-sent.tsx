import type { BackgroundTaskOut, TaskDeliveryList, TaskOutcome } from '@posthorn/contracts'
import { TaskDeliveries, TaskSentByOutcome, useTaskDeliveries, VisibleText } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'

interface TaskSentProps {
  readonly task: BackgroundTaskOut
}

/** What became of what a task sent; the address names the outcome whose messages are listed. */
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
  const transport = useTransport()
  const query = useTaskDeliveries({
    task,
    outcome,
    fetchPage: (asked, signal) =>
      transport.json<TaskDeliveryList>({
        path: `/background-task/${task.id}/delivery`,
        query: { ...asked },
        signal,
      }),
  })
  const isOfOne = typeof task.data['endpointId'] === 'string'
  return (
    <QueryView query={query} rows={2}>
      {() => (
        <TaskDeliveries
          query={query}
          renderMessage={({ appId, messageId, eventType }) => (
            <Link className="strong-link" to={`/messages/${appId}/${messageId}`}>
              <VisibleText text={eventType} />
            </Link>
          )}
          renderEndpoint={
            isOfOne
              ? undefined
              : ({ appId, endpointId }) => (
                  <Link className="mono" to={`/endpoints/${appId}/${endpointId}`}>
                    {endpointId}
                  </Link>
                )
          }
        />
      )}
    </QueryView>
  )
}
