import { Notice } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { type BreakingChange, breakingChanges } from '../breaking-changes.ts'

type Schema = Readonly<Record<string, unknown>>

export interface BreakingNoticeProps {
  /** Null: there was none. */
  readonly before: Schema | null
  /** Null: none is left, which takes a promise away from nobody but those who validate. */
  readonly after: Schema | null
}

/** What may trip over a changed schema, before it is saved. */
export function BreakingNotice({ before, after }: BreakingNoticeProps) {
  if (before === null || after === null) return null
  const changes = breakingChanges(before, after)
  if (changes.length === 0) return null
  return (
    <Notice tone="warn" title={t('eventTypes.breaking')}>
      <ul className="changes small">
        {changes.map((change) => (
          <li key={`${change.kind} ${change.path}`}>
            <code className="mono">{change.path === '' ? '/' : change.path}</code>:{' '}
            {sentenceOf(change)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function sentenceOf({ kind, from = '', to = '' }: BreakingChange): string {
  return t(`eventTypes.breaking.${kind}`, { from, to })
}
