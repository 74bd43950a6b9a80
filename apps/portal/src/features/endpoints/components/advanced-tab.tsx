import type { EndpointHeadersOut, EndpointOut } from '@posthorn/contracts'
import { Button, Field, HeaderList, Notice, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpointHeaders, usePatchEndpoint, usePatchHeaders } from '../api/endpoint-queries.ts'
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
  return (
    <section className="card stack">
      <h2>{t('endpoint.edit')}</h2>
      <EndpointForm
        endpointId={endpoint.id}
        initial={draftOf(endpoint)}
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

function AddHeader({ endpointId }: { readonly endpointId: string }) {
  const patch = usePatchHeaders(endpointId)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = () => {
      setName('')
      setValue('')
      toast(t('headers.added'))
    }
    patch.mutate({ [name.trim()]: value }, { onSuccess })
  }
  return (
    <form className="stack stack-small" onSubmit={add}>
      <Field label={t('headers.name')}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('headers.value')} hint={t('headers.valueHint')}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            autoComplete="off"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      {patch.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(patch.error)}</p>
        </Notice>
      )}
      <div>
        <Button type="submit" disabled={name.trim() === '' || patch.isPending}>
          <span aria-hidden="true">+</span> {t('headers.add')}
        </Button>
      </div>
    </form>
  )
}
