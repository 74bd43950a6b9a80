import type { SignatureFields } from '@posthorn/client'
import { Button, CodeBlock, Field, Notice, useAction } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { SignatureAnswer } from './signature-answer.tsx'

const HEADERS = ['id', 'timestamp', 'signature'] as const
const NOTHING: SignatureFields = { id: '', timestamp: '', signature: '', body: '' }
const FINGERPRINT = "printf %s 'whsec_…' | sha256sum | cut -c1-8"

/** What came with a request, against the secrets of the endpoint: who pastes it learns which mistake it is. */
export function CheckSignature({ endpointId }: { readonly endpointId: string }) {
  const client = useClient()
  const [parts, setParts] = useState(NOTHING)
  const check = useAction({
    mutationFn: () => client.endpoints.checkSignature(endpointId, parts),
  })
  const change = (part: Partial<SignatureFields>) => {
    setParts({ ...parts, ...part })
    check.reset()
  }
  const isComplete = HEADERS.every((name) => parts[name].trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isComplete) check.mutate()
  }
  return (
    <details className="card">
      <summary>
        <strong>{t('signature.title')}</strong>
      </summary>
      <form className="stack advanced" onSubmit={submit}>
        <p>{t('signature.text')}</p>
        <Parts parts={parts} change={change} />
        <div>
          <Button type="submit" disabled={!isComplete || check.isPending}>
            {t('signature.check')}
          </Button>
        </div>
        {check.error !== null && (
          <Notice tone="bad" isAlert>
            <p>{describeError(check.error)}</p>
          </Notice>
        )}
        <div className="stack" aria-live="polite">
          {check.data !== undefined && <SignatureAnswer answer={check.data} />}
          {check.data?.verdict === 'matches' && (
            <CodeBlock label={t('signature.own')} text={FINGERPRINT} />
          )}
        </div>
      </form>
    </details>
  )
}

interface PartsProps {
  readonly parts: SignatureFields
  readonly change: (part: Partial<SignatureFields>) => void
}

function Parts({ parts, change }: PartsProps) {
  return (
    <>
      {HEADERS.map((name) => (
        <Field key={name} label={t(`signature.${name}`)}>
          {(control) => (
            <input
              {...control}
              className="input mono"
              autoComplete="off"
              spellCheck={false}
              value={parts[name]}
              onChange={({ target }) => change({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('signature.body')} hint={t('signature.body.hint')}>
        {(control) => (
          <textarea
            {...control}
            className="input mono signature-body"
            autoComplete="off"
            spellCheck={false}
            value={parts.body}
            onChange={({ target }) => change({ body: target.value })}
          />
        )}
      </Field>
    </>
  )
}
