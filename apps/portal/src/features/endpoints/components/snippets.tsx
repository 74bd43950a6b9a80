import { CodeBlock, Field } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { RAW_BODIES } from './raw-bodies.ts'
import { SNIPPET_LANGUAGES, snippetFile, type SnippetForm } from './snippet-languages.ts'

const FILES = import.meta.glob<string>('../snippets/*.txt', { query: '?raw', import: 'default' })
const FORMS = ['library', 'hand'] as const

export function Snippets() {
  const [chosen, setChosen] = useState('javascript')
  const [wanted, setWanted] = useState<SnippetForm>('library')
  const language = SNIPPET_LANGUAGES.find(({ id }) => id === chosen)
  if (language === undefined) return null
  const form = language.forms.includes(wanted) ? wanted : 'hand'
  const isTested = language.tested.includes(form)
  return (
    <details className="card">
      <summary>
        <strong>{t('snippets.title')}</strong>
      </summary>
      <div className="stack advanced">
        <p>{t('snippets.text')}</p>
        <Field label={t('snippets.language')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              {SNIPPET_LANGUAGES.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FormChoice {...{ form }} forms={language.forms} onChange={setWanted} />
        <p className="small soft">{t(isTested ? 'snippets.tested' : 'snippets.untested')}</p>
        <Snippet language={language.id} form={form} label={language.name} />
        <RawBody language={language.id} />
      </div>
    </details>
  )
}

interface FormChoiceProps {
  readonly form: SnippetForm
  readonly forms: readonly SnippetForm[]
  readonly onChange: (form: SnippetForm) => void
}

function FormChoice({ form, forms, onChange }: FormChoiceProps) {
  const name = useId()
  return (
    <fieldset className="plain-fieldset row">
      <legend className="visually-hidden">{t('snippets.form')}</legend>
      {FORMS.map((option) => (
        <label className="row" key={option}>
          <input
            type="radio"
            name={name}
            checked={form === option}
            disabled={!forms.includes(option)}
            onChange={() => onChange(option)}
          />
          {t(`snippets.${option}`)}
        </label>
      ))}
    </fieldset>
  )
}

interface SnippetProps {
  readonly language: string
  readonly form: SnippetForm
  readonly label: string
}

function Snippet({ language, form, label }: SnippetProps) {
  const file = snippetFile(language, form)
  const query = useQuery({
    queryKey: ['snippet', file],
    queryFn: async () => (await FILES[`../snippets/${file}`]?.()) ?? '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return <QueryView query={query}>{(text) => <CodeBlock label={label} text={text} />}</QueryView>
}

/** Most frameworks parse the body before anybody asks for it: printed again, it no longer matches. */
function RawBody({ language }: { readonly language: string }) {
  const ways = RAW_BODIES[language] ?? []
  if (ways.length === 0) return null
  return (
    <section className="stack stack-small">
      <h3>{t('snippets.raw')}</h3>
      <dl className="facts">
        {ways.map(({ framework, code }) => (
          <div className="facts-row" key={framework}>
            <dt>{framework}</dt>
            <dd className="mono">{code}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
