import type { MessageAttemptOut } from '@posthorn/contracts'
import { AttemptOutcome, Empty, formatMs } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { t } from '../lib/text.ts'
import { Time } from './time.tsx'

type Shown = (attempt: MessageAttemptOut) => ReactNode

export interface AttemptTableProps {
  readonly attempts: readonly MessageAttemptOut[]
  /** Beneath what it came to. */
  readonly note?: Shown
  /** What tells them apart where they are listed, beside the outcome. */
  readonly about?: { readonly title: string; readonly shown: Shown }
  readonly number: Shown
}

/** Requests and what each came to, in the order given. */
export function AttemptTable({ attempts, note, about, number }: AttemptTableProps) {
  return (
    <div className="card card-flush">
      {attempts.length === 0 ? (
        <Empty title={t('messages.attempts.empty')} />
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('messages.outcome')}</th>
              {about !== undefined && <th scope="col">{about.title}</th>}
              <th scope="col">{t('messages.attempt')}</th>
              <th scope="col">{t('messages.took')}</th>
              <th scope="col">{t('messages.when')}</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <tr key={attempt.id}>
                <td>
                  <AttemptOutcome attempt={attempt} />
                  {note?.(attempt)}
                </td>
                {about !== undefined && <td>{about.shown(attempt)}</td>}
                <td>{number(attempt)}</td>
                <td>{formatMs(attempt.responseDurationMs)}</td>
                <td>
                  <Time at={attempt.timestamp} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
