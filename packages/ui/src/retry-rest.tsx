import type { RetriedOut } from '@posthorn/contracts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { useAction } from './use-action.ts'
import { t } from './words.ts'

export interface RetryRestProps {
  /** What a recover leaves alone: it is still being tried. */
  readonly retrying: number
  readonly retry: () => Promise<RetriedOut>
}

/** The part of an app that need not wait for the times of a schedule, in that app's words for what is refused. */
export function createRetryRest(texts: { readonly describeError: (err: unknown) => string }) {
  /** Nothing where nothing is being retried; once asked for, it says what came of it. */
  function RetryRest({ retrying, retry }: RetryRestProps) {
    const made = useAction({ mutationFn: retry })
    if (retrying === 0 && made.data === undefined) return null
    // What was counted before they were sent is no longer so.
    const isLeft = made.data === undefined || made.data.isCapped
    return (
      <div className="stack stack-small">
        {isLeft && (
          <>
            <p>{t('retryRest', { n: retrying })}</p>
            <div>
              <Button disabled={made.isPending} onClick={() => made.mutate()}>
                {t('retryRest.now')}
              </Button>
            </div>
          </>
        )}
        {made.data !== undefined && (
          <p className="small" role="status">
            {doneText(made.data)}
          </p>
        )}
        {made.error !== null && (
          <Notice tone="bad" isAlert>
            <p>{texts.describeError(made.error)}</p>
          </Notice>
        )}
      </div>
    )
  }

  return { RetryRest }
}

function doneText({ count, isCapped }: RetriedOut): string {
  if (count === 0) return t('retryRest.none')
  return t(isCapped ? 'retryRest.some' : 'retryRest.done', { n: count })
}
