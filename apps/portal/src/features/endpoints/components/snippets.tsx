import { Field } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CodeBlock } from '../../../components/code-block.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'

const FILES = import.meta.glob<string>('../snippets/*.txt', { query: '?raw', import: 'default' })

// `isTested`: a test runs it, as shown, on a real signature. The others are told to be untested.
const LANGUAGES = [
  { id: 'javascript', name: 'JavaScript', isTested: true },
  { id: 'python', name: 'Python', isTested: true },
  { id: 'go', name: 'Go', isTested: false },
  { id: 'java', name: 'Java', isTested: false },
  { id: 'kotlin', name: 'Kotlin', isTested: false },
  { id: 'ruby', name: 'Ruby', isTested: false },
  { id: 'php', name: 'PHP', isTested: false },
  { id: 'csharp', name: 'C#', isTested: false },
  { id: 'rust', name: 'Rust', isTested: false },
  { id: 'elixir', name: 'Elixir', isTested: false },
  { id: 'shell', name: 'Shell', isTested: true },
] as const

export function Snippets() {
  const [chosen, setChosen] = useState('javascript')
  const language = LANGUAGES.find(({ id }) => id === chosen) ?? LANGUAGES[0]
  const query = useQuery({
    queryKey: ['snippet', language.id],
    queryFn: async () => (await FILES[`../snippets/${language.id}.txt`]?.()) ?? '',
    staleTime: Number.POSITIVE_INFINITY,
  })
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
              {LANGUAGES.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <p className="small soft">
          {t(language.isTested ? 'snippets.tested' : 'snippets.untested')}
        </p>
        <QueryView query={query}>
          {(text) => <CodeBlock label={language.name} text={text} />}
        </QueryView>
      </div>
    </details>
  )
}
