import { Button, formatNumber } from '@posthorn/ui'
import { useId, useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { PageName } from '../../../lib/page-name.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type LookedAtEndpoints, useEndpoints } from '../../../lib/use-endpoints.ts'
import { useReplay } from '../../../lib/use-replay.ts'

interface SendToProps {
  readonly messageId: string
  readonly isExpired: boolean
}

/** A message that no endpoint took goes to one that is chosen for it, past its filters. */
export function SendTo({ messageId, isExpired }: SendToProps) {
  const mayAttempt = useMay('CreateAttempts')
  const query = useEndpoints(mayAttempt && !isExpired)
  if (!mayAttempt) return null
  if (isExpired) return <p className="small soft">{t('message.expired')}</p>
  return (
    <QueryView query={query} rows={1}>
      {(lookedAt) => <Choice messageId={messageId} lookedAt={lookedAt} />}
    </QueryView>
  )
}

interface ChoiceProps {
  readonly messageId: string
  readonly lookedAt: LookedAtEndpoints
}

function Choice({ messageId, lookedAt }: ChoiceProps) {
  const [chosen, setChosen] = useState('')
  const replay = useReplay()
  const id = useId()
  const endpoints = lookedAt.endpoints.filter(({ disabled }) => !disabled)
  const n = formatNumber(lookedAt.endpoints.length)
  const endpointId = endpoints.some((one) => one.id === chosen) ? chosen : ''
  if (endpoints.length === 0)
    return (
      <p>
        {lookedAt.isPart ? t('message.sendTo.partDisabled', { n }) : t('message.sendTo.none')}{' '}
        <Link to="/endpoints">
          <PageName of="endpoints" />
        </Link>
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
      {lookedAt.isPart && <p className="small soft">{t('message.sendTo.part', { n })}</p>}
    </div>
  )
}
