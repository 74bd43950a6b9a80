import type { Client } from '@posthorn/client'
import type { MessageDeliveryOut } from '@posthorn/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from './button.tsx'
import { canRetryNow } from './delivery-wait.tsx'
import { toast } from './toast.tsx'
import { useAction } from './use-action.ts'
import { t } from './words.ts'

type Action = 'retryNow' | 'cancel'

export interface DeliveryActionsProps {
  readonly client: Pick<Client, 'attempts'>
  readonly messageId: string
  readonly endpoint: { readonly id: string; readonly url: string }
  /** Undefined until it was read. */
  readonly state: MessageDeliveryOut | undefined
  readonly isExpired: boolean
}

/** The part of an app that changes a delivery that waits, in that app's words for what is refused. */
export function createDeliveryActions(texts: { readonly describeError: (err: unknown) => string }) {
  /** Whatever waits can be stopped, and a retry be made now; nothing where nothing waits. */
  function DeliveryActions({ state, isExpired, ...asked }: DeliveryActionsProps) {
    return (
      <>
        {canBeRetried(state, isExpired) && <Act action="retryNow" {...asked} />}
        {isWaiting(state) && <Act action="cancel" {...asked} />}
      </>
    )
  }

  interface ActProps extends Pick<DeliveryActionsProps, 'client' | 'messageId' | 'endpoint'> {
    readonly action: Action
  }

  // What is being sent meanwhile is refused, and shown as it is.
  function Act({ action, client, messageId, endpoint: { id, url } }: ActProps) {
    const queries = useQueryClient()
    const act = useAction({
      mutationFn: () => client.attempts[action](messageId, id),
      onSuccess: () => toast(t(`delivery.${action}.done`)),
      onError: (err) => toast(texts.describeError(err)),
      onSettled: () => queries.invalidateQueries({ queryKey: ['message', messageId] }),
    })
    return (
      <Button
        disabled={act.isPending}
        aria-label={t(`delivery.${action}.of`, { url })}
        onClick={() => act.mutate()}
      >
        {t(`delivery.${action}`)}
      </Button>
    )
  }

  return { DeliveryActions }
}

/** Whether a button of `DeliveryActions` makes the next attempt now. */
export function canBeRetried(state: MessageDeliveryOut | undefined, isExpired: boolean): boolean {
  return !isExpired && state?.scheduled != null && canRetryNow(state.scheduled)
}

/** By the schedule or by hand; what is being sent right now can't be stopped. */
function isWaiting(state: MessageDeliveryOut | undefined): boolean {
  return [state?.scheduled, state?.manual].some(
    (one) => one?.waiting != null && one.waiting.reason !== 'in_flight',
  )
}
