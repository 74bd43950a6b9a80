import type { EndpointHeadersOut } from '@posthorn/contracts'
import { Button, HeaderList, toast } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { pathOf, useChange, WEBHOOKS } from '../use-operational-webhooks.ts'

export function HeadersCard({ id }: { readonly id: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: [WEBHOOKS, id, 'headers'],
    queryFn: ({ signal }) =>
      transport.json<EndpointHeadersOut>({ path: `${pathOf(id)}/headers`, signal }),
  })
  return (
    <section className="card stack">
      <h2>{t('webhooks.headers')}</h2>
      <p className="soft">{t('webhooks.headers.text')}</p>
      <QueryView query={query} rows={2}>
        {(headers) => <Headers id={id} headers={headers} />}
      </QueryView>
      <AddHeader id={id} />
    </section>
  )
}

interface HeadersProps {
  readonly id: string
  readonly headers: EndpointHeadersOut
}

function Headers({ id, headers }: HeadersProps) {
  const change = useChange(id)
  const remove = (name: string) =>
    change.mutate(
      { method: 'PATCH', suffix: '/headers', body: { deleteHeaders: [name] } },
      { onError: (err) => toast(describeError(err)) },
    )
  return <HeaderList headers={headers} onRemove={remove} />
}

function AddHeader({ id }: { readonly id: string }) {
  const change = useChange(id)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = formText(form, 'header')
    const body = { headers: { [name]: formText(form, 'value') } }
    // What was typed meanwhile is the next one's.
    const onSuccess = () => {
      if (formText(form, 'header') === name) form.reset()
    }
    change.mutate({ method: 'PATCH', suffix: '/headers', body }, { onSuccess })
  }
  return (
    <form className="row filters" onSubmit={onSubmit}>
      <TextField
        label={t('webhooks.headers.name')}
        name="header"
        required
        maxLength={256}
        error={faultOf(change.error, 'headers')}
      />
      <TextField label={t('webhooks.headers.value')} name="value" maxLength={4096} />
      <Button type="submit" disabled={change.isPending}>
        {t('webhooks.headers.add')}
      </Button>
      <FormError error={change.error} />
    </form>
  )
}
