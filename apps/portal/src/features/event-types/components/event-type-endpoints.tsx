import type { EndpointOut } from '@posthorn/contracts'
import { Button, formatNumber, VisibleText } from '@posthorn/ui'
import { useId, useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { PageName } from '../../../lib/page-name.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpoints } from '../../../lib/use-endpoints.ts'
import { useAddType } from '../api/use-add-type.ts'

const LISTED = 10

/** Who takes this type, what can be sent to whom, and who could take it too. */
export function EventTypeEndpoints({ name }: { readonly name: string }) {
  const query = useEndpoints()
  const mayManage = useMay('ManageEndpoint')
  return (
    <section className="card stack stack-small">
      <h3>
        <PageName of="endpoints" />
      </h3>
      <QueryView query={query} rows={2}>
        {({ endpoints, isPart }) => {
          const taking = endpoints.filter((endpoint) => takes(endpoint, name))
          const others = endpoints.filter((endpoint) => !takes(endpoint, name))
          return (
            <>
              <p>
                {t(taking.length === 0 && !isPart ? 'eventTypes.usedByNone' : 'eventTypes.usedBy', {
                  n: formatNumber(taking.length) + (isPart ? '+' : ''),
                })}
              </p>
              <Taking endpoints={taking} name={name} />
              {mayManage && others.length > 0 && <AddTo endpoints={others} name={name} />}
            </>
          )
        }}
      </QueryView>
    </section>
  )
}

function takes({ eventTypes }: EndpointOut, name: string): boolean {
  return eventTypes == null || eventTypes.includes(name)
}

interface EndpointsProps {
  readonly endpoints: readonly EndpointOut[]
  readonly name: string
}

function Taking({ endpoints, name }: EndpointsProps) {
  const mayAttempt = useMay('CreateAttempts')
  return (
    <ul className="plain-list">
      {endpoints.slice(0, LISTED).map(({ id, url, disabled }) => (
        <li className="row" key={id}>
          <Link to={`/endpoints/${id}`}>
            <VisibleText text={url} />
          </Link>
          {mayAttempt && !disabled && (
            <Link
              className="small"
              aria-label={`${t('testing.send')}: ${url}`}
              to={`/endpoints/${id}?${new URLSearchParams({ tab: 'testing', example: name })}`}
            >
              {t('testing.send')}
            </Link>
          )}
        </li>
      ))}
      {endpoints.length > LISTED && (
        <li className="soft small">
          {t('eventTypes.more', { n: formatNumber(endpoints.length - LISTED) })}
        </li>
      )}
    </ul>
  )
}

function AddTo({ endpoints, name }: EndpointsProps) {
  const add = useAddType(name)
  const [chosen, setChosen] = useState('')
  const id = useId()
  const endpointId = endpoints.some((endpoint) => endpoint.id === chosen) ? chosen : ''
  return (
    <div className="row">
      <label htmlFor={id}>{t('eventTypes.addTo')}</label>
      <select
        id={id}
        className="input add-to"
        value={endpointId}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{t('eventTypes.chooseEndpoint')}</option>
        {endpoints.map((endpoint) => (
          <option key={endpoint.id} value={endpoint.id}>
            {endpoint.url}
          </option>
        ))}
      </select>
      <Button disabled={endpointId === '' || add.isPending} onClick={() => add.mutate(endpointId)}>
        {t('eventTypes.add')}
      </Button>
    </div>
  )
}
