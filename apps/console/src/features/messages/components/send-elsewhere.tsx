import type { EndpointList } from '@posthorn/contracts'
import { Button, Dialog, Empty, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import type { MessageKey } from '../api/use-message.ts'
import { useReplay } from '../api/use-replay.ts'

const SHOWN = 250

export interface SendElsewhereProps {
  readonly appId: string
  readonly messageKey: MessageKey
  /** Endpoints that have the message already. */
  readonly had: readonly string[]
  readonly onClose: () => void
}

/** To an endpoint of the same customer that the message never went to: its filters are passed over. */
export function SendElsewhere({ appId, messageKey, had, onClose }: SendElsewhereProps) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['endpoints', appId, 'all'],
    queryFn: ({ signal }) =>
      transport.json<EndpointList>({
        path: `/app/${appId}/endpoint`,
        query: { limit: SHOWN },
        signal,
      }),
  })
  const replay = useReplay(messageKey)
  return (
    <Dialog title={t('replay.elsewhere')} onClose={onClose}>
      <p>{t('replay.elsewhere.text')}</p>
      <QueryView query={query}>
        {({ data }) => {
          const others = data.filter(({ id, disabled }) => !disabled && !had.includes(id))
          if (others.length === 0) return <Empty title={t('replay.elsewhere.none')} />
          return (
            <ul className="found-list">
              {others.map(({ id, url }) => (
                <li key={id} className="row row-between">
                  <VisibleText text={url} />
                  <Button
                    size="small"
                    disabled={replay.isPending}
                    aria-label={t('replay.sendTo', { url })}
                    onClick={() => replay.mutate([id], { onSuccess: onClose })}
                  >
                    {t('replay.send')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryView>
      <div className="row">
        <Button onClick={onClose}>{t('action.close')}</Button>
      </div>
    </Dialog>
  )
}
