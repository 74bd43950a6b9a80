import { CodeBlock, VisibleText } from '@posthorn/ui'
import { t } from '../lib/text.ts'

type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

export interface ChangeListProps {
  readonly changes: Changes
  /** Of something that wasn't there: only what it will be. */
  readonly isNew?: boolean
}

/** Field by field what was and what will be; what is long opens on demand. */
export function ChangeList({ changes, isNew = false }: ChangeListProps) {
  const fields = Object.entries(changes)
  return (
    <ul className="changes small">
      {fields.map(([field, { from, to }]) => (
        <li key={field}>
          <Change field={field} before={isNew ? null : textOf(from)} after={textOf(to)} />
        </li>
      ))}
    </ul>
  )
}

const LONG = 120

interface ChangeProps {
  readonly field: string
  /** Null: there was nothing. */
  readonly before: string | null
  readonly after: string
}

function Change({ field, before, after }: ChangeProps) {
  const isLong = after.length > LONG || (before?.length ?? 0) > LONG
  if (!isLong)
    return (
      <>
        <code className="mono">{field}</code>:{' '}
        {before !== null && (
          <>
            <VisibleText text={before} /> →{' '}
          </>
        )}
        <VisibleText text={after} />
      </>
    )
  return (
    <details>
      <summary>
        <code className="mono">{field}</code>
      </summary>
      <div className="before-after">
        {before !== null && <CodeBlock label={t('changes.before', { field })} text={before} />}
        <CodeBlock label={t('changes.after', { field })} text={after} />
      </div>
    </details>
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'string') return value
  const text = JSON.stringify(value)
  return text.length > LONG ? JSON.stringify(value, null, 2) : text
}
