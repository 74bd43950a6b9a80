import type { MessageAttemptOut } from '@posthorn/contracts'
import { causeSentence, formatMs, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'

export interface AttemptComparisonProps {
  readonly attempt: MessageAttemptOut
  /** Of the message, newest first. */
  readonly listed: readonly MessageAttemptOut[]
}

/** What was otherwise at the attempt before, at the same endpoint. */
export function AttemptComparison({ attempt, listed }: AttemptComparisonProps) {
  const [isOpen, setIsOpen] = useState(false)
  const previous = listed.find(
    ({ endpointId, id }) => endpointId === attempt.endpointId && id < attempt.id,
  )
  if (previous === undefined) return null
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('compare.title', { n: previous.attemptNumber })}</summary>
      {isOpen && <Differences attempt={attempt} previousId={previous.id} />}
    </details>
  )
}

interface DifferencesProps {
  readonly attempt: MessageAttemptOut
  readonly previousId: string
}

function Differences({ attempt, previousId }: DifferencesProps) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['attempt', previousId],
    queryFn: ({ signal }) => client.attempts.get(attempt.msgId, previousId, { signal }),
  })
  return (
    <QueryView query={query} rows={3}>
      {(previous) => <ComparisonTable rows={differencesOf(previous, attempt)} />}
    </QueryView>
  )
}

interface Difference {
  readonly name: string
  readonly before: string
  readonly now: string
}

function ComparisonTable({ rows }: { readonly rows: readonly Difference[] }) {
  if (rows.length === 0) return <p className="soft">{t('compare.alike')}</p>
  return (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('compare.what')}</th>
          <th scope="col">{t('compare.before')}</th>
          <th scope="col">{t('compare.now')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, before, now }) => (
          <tr key={name}>
            <th scope="row">
              <VisibleText text={name} />
            </th>
            <td data-label={t('compare.before')}>
              <VisibleText text={before} />
            </td>
            <td data-label={t('compare.now')}>
              <VisibleText text={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const NONE = '–'
const BODY_SHOWN = 200

/** Pure. The time that it took always differs; a header of the moment nearly always: both are shown all the same. */
function differencesOf(before: MessageAttemptOut, now: MessageAttemptOut): Difference[] {
  const row = (name: string, tell: (attempt: MessageAttemptOut) => string) => ({
    name,
    before: tell(before),
    now: tell(now),
  })
  const headers = new Set(
    [before, now].flatMap(({ responseHeaders }) => Object.keys(responseHeaders ?? {})),
  )
  const rows = [
    row(t('compare.outcome'), outcomeText),
    row(t('compare.url'), ({ url }) => url),
    row(t('compare.took'), ({ responseDurationMs }) => formatMs(responseDurationMs)),
    ...[...headers].map((name) => row(name, (one) => one.responseHeaders?.[name] ?? NONE)),
    row(t('compare.body'), ({ response }) => response),
  ]
  return rows
    .filter((one) => one.before !== one.now)
    .map((one) => ({ ...one, before: beginning(one.before), now: beginning(one.now) }))
}

function outcomeText(attempt: MessageAttemptOut): string {
  const { responseStatusCode: code, status } = attempt
  const said = code === 0 ? '' : `${code} `
  return status === 0 ? `${said}${t('list.status.0')}` : `${said}${causeSentence(attempt)}`
}

function beginning(text: string): string {
  if (text === '') return NONE
  return text.length > BODY_SHOWN ? `${text.slice(0, BODY_SHOWN)}…` : text
}
