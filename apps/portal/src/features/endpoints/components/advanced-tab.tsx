import type { EndpointHeadersOut, EndpointOut } from '@posthorn/contracts'
import { HeaderList, toast } from '@posthorn/ui'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpointHeaders, usePatchEndpoint, usePatchHeaders } from '../api/endpoint-queries.ts'
import { AddHeader } from './add-header.tsx'
import { draftOf } from './endpoint-draft.ts'
import { EndpointForm } from './endpoint-form.tsx'

export function AdvancedTab({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayManage = useMay('ManageEndpoint')
  return (
    <div className="columns">
      {mayManage && <EditCard endpoint={endpoint} />}
      <HeadersCard endpointId={endpoint.id} />
    </div>
  )
}

function EditCard({ endpoint }: { readonly endpoint: EndpointOut }) {
  const patch = usePatchEndpoint(endpoint.id)
  // Where it redirects to, from an attempt that was.
  const [url] = useSearchValue('url')
  return (
    <section className="card stack">
      <h2>{t('endpoint.edit')}</h2>
      <EndpointForm
        endpointId={endpoint.id}
        waiting={endpoint.state.waiting}
        initial={url === '' ? draftOf(endpoint) : { ...draftOf(endpoint), url }}
        submitLabel={t('form.save')}
        isSaving={patch.isPending}
        error={patch.error}
        onSubmit={(fields) => patch.mutate(fields, { onSuccess: () => toast(t('form.saved')) })}
      />
    </section>
  )
}

function HeadersCard({ endpointId }: { readonly endpointId: string }) {
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
  const patch = usePatchHeaders(endpointId)
  const mayManage = useMay('ManageEndpoint')
  const remove = (name: string) =>
    patch.mutate({ [name]: null }, { onError: (err) => toast(describeError(err)) })
  return <HeaderList headers={headers} onRemove={mayManage ? remove : undefined} />
}
