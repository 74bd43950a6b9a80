import type { EventTypeCheckOut } from '@posthorn/contracts'
import { Field, Notice, useSettled } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { readSchema } from '../latest-schema.ts'

export interface SchemaFieldProps {
  readonly text: string
  readonly onChange: (text: string) => void
  /** Whether this very text may be saved. */
  readonly onChecked: (isRight: boolean) => void
  readonly error: string | undefined
}

const SETTLE_MS = 400

/** The server judges the schema and its examples while it is written: what is saved is right. */
export function SchemaField({ text, onChange, onChecked, error }: SchemaFieldProps) {
  const settled = useSettled(text, SETTLE_MS)
  const schema = readSchema(settled)
  const check = useCheck(schema)
  const isRight = check.data !== undefined && isFine(check.data) && settled === text
  useEffect(() => {
    onChecked(isRight)
  }, [isRight])
  const notJson = schema === 'fault' ? t('eventTypes.schema.notJson') : undefined
  return (
    <>
      <Field
        label={t('eventTypes.schema')}
        hint={t('eventTypes.schema.hint')}
        error={notJson ?? error}
      >
        {(control) => (
          <textarea
            className="input code-input"
            spellCheck={false}
            value={text}
            onChange={({ target }) => onChange(target.value)}
            {...control}
          />
        )}
      </Field>
      {check.error !== null && <Notice tone="bad" title={describeError(check.error)} />}
      {check.data !== undefined && schema !== null && <Verdict result={check.data} />}
    </>
  )
}

function useCheck(schema: object | 'fault' | null) {
  const transport = useTransport()
  const mayCheck = useMayAs('admin')
  return useQuery({
    queryKey: ['schema-check', schema],
    enabled: mayCheck && schema !== null && schema !== 'fault',
    gcTime: 0,
    queryFn: ({ signal }) =>
      transport.json<EventTypeCheckOut>({
        method: 'POST',
        path: '/event-type-check',
        body: { schema },
        signal,
      }),
  })
}

function isFine({ schemaFaults, exampleFaults }: EventTypeCheckOut): boolean {
  return schemaFaults.length === 0 && exampleFaults.length === 0
}

function Verdict({ result }: { readonly result: EventTypeCheckOut }) {
  if (isFine(result)) return <Notice tone="good" title={t('eventTypes.schema.fine')} />
  const { schemaFaults, exampleFaults } = result
  return (
    <Notice tone="bad" title={t('eventTypes.schema.faults')}>
      <ul className="changes small">
        {schemaFaults.map(({ path, message }) => (
          <li key={path + message}>
            <code className="mono">{path === '' ? '/' : path}</code> {message}
          </li>
        ))}
        {exampleFaults.flatMap(({ example, faults }) =>
          faults.map(({ path, message }) => (
            <li key={`${example}${path}${message}`}>
              {t('eventTypes.schema.example', { n: example + 1 })}{' '}
              <code className="mono">{path === '' ? '/' : path}</code> {message}
            </li>
          )),
        )}
      </ul>
    </Notice>
  )
}
