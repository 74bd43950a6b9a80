import { isJson } from '@posthorn/contracts'
import { type SourceTestOut } from '@posthorn/contracts/ingest'
import { Badge, Button, CodeBlock, Field, formatMs } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { useTestCall } from '../api/source-actions.ts'
import { Failure, faultAt } from '../parts/failure.tsx'
import { Headers } from '../parts/headers.tsx'
import { TextField } from '../parts/text-field.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

const METHODS = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
const WITHOUT_BODY = new Set(['GET', 'HEAD'])

export interface TestTabProps {
  readonly sourceId: string
  readonly url: string
}

/** A real call of the receiving URL, so it is answered, logged and delivered as any other. */
export function TestTab({ sourceId, url }: TestTabProps) {
  const call = useTestCall(sourceId)
  const [method, setMethod] = useState('POST')
  const [path, setPath] = useState('')
  const [body, setBody] = useState('{\n  "hello": "world"\n}')
  const takesBody = !WITHOUT_BODY.has(method)
  const fault = takesBody && body.trim() !== '' && !isJson(body) ? t('test.notJson') : undefined
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (fault !== undefined) return
    call.mutate({ method, path, body: takesBody && body.trim() !== '' ? body : null })
  }
  return (
    <div className="stack source-narrow">
      <form className="card stack" onSubmit={send}>
        <p className="soft">{t('test.text')}</p>
        <Method value={method} onChange={setMethod} />
        <TextField
          label={t('test.path')}
          hint={<span className="mono source-url">{url + path}</span>}
          className="input mono"
          placeholder="/orders?test=1"
          value={path}
          onChange={({ target }) => setPath(target.value)}
          error={faultAt(call.error, 'path')}
        />
        {takesBody && <JsonBody value={body} onChange={setBody} fault={fault} />}
        <Failure error={call.error} />
        <div className="row">
          <Button kind="primary" type="submit" disabled={call.isPending || fault !== undefined}>
            {t(call.isPending ? 'test.sending' : 'test.send')}
          </Button>
        </div>
      </form>
      <div role="status">{call.data !== undefined && <Answer answer={call.data} />}</div>
      {call.data !== undefined && <ToLog sourceId={sourceId} />}
    </div>
  )
}

interface ValueProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function Method({ value, onChange }: ValueProps) {
  return (
    <Field label={t('test.method')}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          {METHODS.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function JsonBody({ value, onChange, fault }: ValueProps & { readonly fault: string | undefined }) {
  return (
    <Field label={t('test.body')} error={fault}>
      {(control) => (
        <textarea
          {...control}
          className="input mono"
          rows={8}
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

function Answer({ answer }: { readonly answer: SourceTestOut }) {
  const { status, body, headers, durationMs } = answer
  return (
    <section className="card stack stack-small" aria-label={t('test.answer')}>
      <div className="row">
        <h2>{t('test.answer')}</h2>
        <Badge tone={status < 400 ? 'good' : 'bad'}>{status}</Badge>
        <span className="soft">{formatMs(durationMs)}</span>
      </div>
      {body !== '' && <CodeBlock label={t('request.body')} text={body} />}
      <Headers headers={headers} />
    </section>
  )
}

function ToLog({ sourceId }: { readonly sourceId: string }) {
  const { Link } = useHost()
  return (
    <p>
      <Link to={`/sources/${sourceId}?tab=requests`}>{t('test.log')}</Link>
    </p>
  )
}
