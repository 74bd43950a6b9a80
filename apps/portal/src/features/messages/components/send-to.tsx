import type { EndpointOut } from '@posthorn/contracts'
import { Button } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useReplay } from '../../../lib/use-replay.ts'

const SHOWN = 250

interface SendToProps {
  readonly messageId: string
  readonly isExpired: boolean
}

/** A message that no endpoint took goes to one that is chosen for it, past its filters. */
export function SendTo({ messageId, isExpired }: SendToProps) {
  const client = useClient()
  const mayAttempt = useMay('CreateAttempts')
  const query = useQuery({
    queryKey: ['endpoints', 'to-send-to'],
    queryFn: ({ signal }) => client.endpoints.list({ limit: SHOWN }, { signal }),
    enabled: mayAttempt && !isExpired,
  })
  if (!mayAttempt) return null
  if (isExpired) return <p className="small soft">{t('message.expired')}</p>
  return (
    <QueryView query={query} rows={1}>
      {({ data }) => (
        <Choice messageId={messageId} endpoints={data.filter(({ disabled }) => !disabled)} />
      )}
    </QueryView>
  )
}

interface ChoiceProps {
  readonly messageId: string
  readonly endpoints: readonly EndpointOut[]
}

function Choice({ messageId, endpoints }: ChoiceProps) {
  const [chosen, setChosen] = useState('')
  const replay = useReplay()
  const id = useId()
  const endpointId = endpoints.some((one) => one.id === chosen) ? chosen : ''
  if (endpoints.length === 0)
    return (
      <p>
        {t('message.sendTo.none')} <Link to="/endpoints">{t('endpoints.title')}</Link>
      </p>
    )
  return (
    <div className="row">
      <label htmlFor={id}>{t('message.sendTo')}</label>
      <select
        id={id}
        className="input send-to"
        value={endpointId}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">{t('eventTypes.chooseEndpoint')}</option>
        {endpoints.map(({ id: value, url }) => (
          <option key={value} value={value}>
            {url}
          </option>
        ))}
      </select>
      <Button
        disabled={endpointId === '' || replay.isPending}
        onClick={() => replay.mutate([{ msgId: messageId, endpointId }])}
      >
        {t('replay')}
      </Button>
    </div>
  )
}
