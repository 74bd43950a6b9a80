import { useEffect } from 'react'
import { useListFilters } from '../../../components/list-filters.tsx'
import { useSearchValue } from '../../../lib/router.tsx'

export const LOG_VIEWS = ['messages', 'attempts'] as const
export type LogView = (typeof LOG_VIEWS)[number]

/** How the URL has the log. What only attempts are filtered by leads to them, and they stay when it is cleared. */
export function useLogView(): [LogView, (view: LogView) => void] {
  const [asked, setAsked] = useSearchValue('log')
  const { values, set } = useListFilters()
  const isOfAttempts = values.code !== '' || values.cause !== ''
  const isUnsaid = isOfAttempts && asked !== 'attempts'
  useEffect(() => {
    if (isUnsaid) setAsked('attempts')
  })
  const choose = (view: LogView) => {
    // An attempt isn't being retried: its delivery is.
    set(
      view === 'messages'
        ? { code: '', cause: '' }
        : { status: values.status === '3' ? '' : values.status },
    )
    setAsked(view === 'messages' ? '' : view)
  }
  return [isOfAttempts || asked === 'attempts' ? 'attempts' : 'messages', choose]
}
