import type { EndpointHeadersOut } from '@posthorn/contracts'
import { HeaderList } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpointHeaders } from '../api/endpoint-queries.ts'
import { useHeadersSetAt } from '../api/use-headers-set-at.ts'
import { useRemoveHeader } from '../api/use-remove-header.ts'
import { AddHeader } from './add-header.tsx'

export function HeadersCard({ endpointId }: { readonly endpointId: string }) {
  const query = useEndpointHeaders(endpointId)
  const mayManage = useMay('ManageEndpoint')
  return (
    <section className="card stack">
      <h2>{t('headers.title')}</h2>
      <p className="soft">{t('headers.text')}</p>
      <QueryView query={query}>
        {(headers) => <HeaderRows endpointId={endpointId} headers={headers} />}
      </QueryView>
      {mayManage && <AddHeader endpointId={endpointId} />}
    </section>
  )
}

interface HeaderRowsProps {
  readonly endpointId: string
  readonly headers: EndpointHeadersOut
}

function HeaderRows({ endpointId, headers }: HeaderRowsProps) {
  const remove = useRemoveHeader(endpointId)
  const mayManage = useMay('ManageEndpoint')
  const setAt = useHeadersSetAt(endpointId, headers.sensitive.length > 0)
  return (
    <HeaderList
      {...{ headers, setAt }}
      onRemove={mayManage ? (name) => remove.mutate(name) : undefined}
    />
  )
}
