import type { SearchOut } from '@posthorn/contracts'
import { Empty } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** Whose message it is, for an address that names nothing but its id. */
export function FindMessage({ text }: { readonly text: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['find', text],
    queryFn: ({ signal }) =>
      transport.json<SearchOut>({ path: '/support/search', query: { q: text }, signal }),
  })
  const [found] = query.data?.messages ?? []
  useEffect(() => {
    if (found !== undefined)
      navigate(`/messages/${found.appId}/${found.id}${location.search}`, { replace: true })
  }, [found?.id])
  return (
    <div className="stack">
      <h1>{t('messages.title')}</h1>
      <QueryView query={query}>
        {({ messages }) =>
          messages.length === 0 && (
            <div className="card">
              <Empty title={t('state.notFound.title')}>
                <p>{t('messages.notFound')}</p>
              </Empty>
            </div>
          )
        }
      </QueryView>
    </div>
  )
}
