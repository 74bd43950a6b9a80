import type { MessageAttemptOut } from '@posthorn/contracts'
import { t } from '../../../lib/text.ts'

/** What is the staff's alone to know of an attempt: who made it, and the failure by its technical name. */
export function AttemptTrace({ attempt: { trace } }: { readonly attempt: MessageAttemptOut }) {
  const facts = [
    ['messages.attempt.errno', trace?.errno],
    ['messages.attempt.worker', trace?.worker],
  ] as const
  const known = facts.flatMap(([name, value]) => (value == null ? [] : [{ name, value }]))
  if (known.length === 0) return null
  return (
    <dl className="facts">
      {known.map(({ name, value }) => (
        <div className="facts-row" key={name}>
          <dt>{t(name)}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
