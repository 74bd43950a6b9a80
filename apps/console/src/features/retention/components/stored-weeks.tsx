import type { RetentionWeekOut } from '@posthorn/contracts'
import { Button, Empty, formatNumber } from '@posthorn/ui'
import { useState } from 'react'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { formatDay } from '../../../lib/format-day.ts'
import { t } from '../../../lib/text.ts'

export interface StoredWeeksProps {
  readonly weeks: readonly RetentionWeekOut[]
  readonly totalBytes: number
}

const PAGE = 30

/** The partitions by week: how much each holds, and when it is dropped. */
export function StoredWeeks({ weeks, totalBytes }: StoredWeeksProps) {
  const [shown, setShown] = useState(PAGE)
  if (weeks.length === 0)
    return (
      <div className="card">
        <Empty title={t('retention.weeks.empty')} />
      </div>
    )
  return (
    <section className="card stack">
      <h2 id="retention-weeks">{t('retention.weeks', { size: formatBytes(totalBytes) })}</h2>
      <table className="table" aria-labelledby="retention-weeks">
        <thead>
          <tr>
            <th>{t('retention.week')}</th>
            <th>{t('retention.messages')}</th>
            <th>{t('retention.size')}</th>
            <th>{t('retention.dropsAt')}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.slice(0, shown).map((week) => (
            <tr key={week.startsAt}>
              <td>{formatDay(week.startsAt)}</td>
              <td>
                {week.messages === null
                  ? t('retention.notCounted')
                  : t('retention.about', { n: formatNumber(week.messages) })}
              </td>
              <td>{formatBytes(bytesOf(week))}</td>
              <td>{formatDay(week.dropsAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown < weeks.length && (
        <div className="row">
          <Button onClick={() => setShown(shown + PAGE)}>{t('list.more')}</Button>
        </div>
      )}
    </section>
  )
}

function bytesOf({ bytes }: RetentionWeekOut): number {
  return bytes.messages + bytes.deliveries + bytes.attempts + bytes.sourceRequests
}
