import type { BoardEndpointOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { Link } from '../../../lib/router.tsx'

/** Where it is and whose it is. */
export function EndpointName({ endpoint }: { readonly endpoint: BoardEndpointOut }) {
  return (
    <>
      <div>
        <Link className="strong-link" to={`/endpoints/${endpoint.appId}/${endpoint.endpointId}`}>
          <VisibleText text={endpoint.url} />
        </Link>
      </div>
      <div className="small soft">
        <Link to={`/applications/${endpoint.appId}`}>
          <VisibleText text={endpoint.appName} />
        </Link>{' '}
        <span className="mono">{endpoint.endpointId}</span>
      </div>
    </>
  )
}
