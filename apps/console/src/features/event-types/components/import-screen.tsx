import type { EventTypeImportOpenApiOut } from '@posthorn/contracts'
import { Button, Field, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { ImportFaults } from './import-faults.tsx'
import { ImportPlan } from './import-plan.tsx'

interface Document {
  readonly specRaw: string
  readonly replaceAll: boolean
  /** Of what was looked at; absent: to look. */
  readonly digest?: string
}

/** An OpenAPI document in, what differs out; only what was looked at can be imported. */
export function ImportScreen() {
  const [specRaw, setSpecRaw] = useState('')
  const [replaceAll, setReplaceAll] = useState(false)
  const plan = useImport()
  const apply = useImport()
  const isCurrent = plan.variables?.specRaw === specRaw && plan.variables.replaceAll === replaceAll
  const look = () => {
    apply.reset()
    plan.mutate({ specRaw, replaceAll })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    look()
  }
  return (
    <div className="stack">
      <form className="card stack" onSubmit={onSubmit}>
        <h1>{t('import.title')}</h1>
        <p className="soft">{t('import.text')}</p>
        <DocumentFields text={specRaw} onText={setSpecRaw} />
        <label className="choice">
          <input
            type="checkbox"
            checked={replaceAll}
            onChange={({ target }) => setReplaceAll(target.checked)}
          />
          {t('import.replaceAll')}
        </label>
        <ImportFaults error={plan.error} />
        <div className="row">
          <Button kind="primary" type="submit" disabled={specRaw.trim() === '' || plan.isPending}>
            {t('import.look')}
          </Button>
        </div>
      </form>
      {plan.data !== undefined && isCurrent && (
        <ImportPlan
          plan={plan.data.data}
          apply={apply}
          onApply={(digest) => apply.mutate({ specRaw, replaceAll, digest })}
          onLook={look}
        />
      )}
    </div>
  )
}

function useImport() {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (document: Document) =>
      transport.json<EventTypeImportOpenApiOut>({
        method: 'POST',
        path: '/event-type/import/openapi',
        body: { ...document, dryRun: document.digest === undefined },
      }),
    onSuccess: async ({ data }, { digest }) => {
      if (digest === undefined) return
      toast(t('import.done', { n: data.modified.length }))
      await queries.invalidateQueries({ queryKey: ['/event-type'] })
      navigate('/event-types')
    },
  })
}

interface FieldsProps {
  readonly text: string
  readonly onText: (text: string) => void
}

function DocumentFields({ text, onText }: FieldsProps) {
  const onFile = ({ target }: ChangeEvent<HTMLInputElement>) => {
    void target.files?.[0]?.text().then(onText)
  }
  return (
    <>
      <Field label={t('import.file')}>
        {(control) => (
          <input
            className="input"
            type="file"
            accept=".json,.yaml,.yml,application/json,application/yaml"
            onChange={onFile}
            {...control}
          />
        )}
      </Field>
      <Field label={t('import.document')} hint={t('import.document.hint')}>
        {(control) => (
          <textarea
            className="input code-input"
            spellCheck={false}
            value={text}
            onChange={({ target }) => onText(target.value)}
            {...control}
          />
        )}
      </Field>
    </>
  )
}
