import type { ReactNode } from 'react'
import { t } from '../lib/text.ts'

export interface LogSectionProps {
  readonly live: {
    readonly items: readonly unknown[]
    readonly query: { readonly data: unknown; readonly error: Error | null }
  }
  /** Shown once the log is there: before, the log would push it down. */
  readonly below: ReactNode
  readonly children: ReactNode
}

/** The place of a log, and what comes after it. */
export function LogSection({ live, below, children }: LogSectionProps) {
  const isThere = live.query.data !== undefined || live.query.error !== null
  return (
    <>
      <section
        className={`stack stack-small ${live.items.length > 0 ? 'log-list' : ''}`}
        aria-label={t('attempts.title')}
      >
        {children}
      </section>
      {isThere && below}
    </>
  )
}
