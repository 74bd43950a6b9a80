import type { SearchOut } from '@posthorn/contracts'
import { Badge, Empty, VisibleText } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export interface FindPage {
  readonly path: string
  readonly title: string
  /** A screen, or something to be done or looked for there. */
  readonly kind: 'page' | 'action'
}

export interface FoundListProps {
  readonly found: SearchOut
  readonly pages: readonly FindPage[]
}

export function FoundList({ found, pages }: FoundListProps) {
  const { messages, applications, endpoints, attempts } = found
  const things = [messages, applications, endpoints, attempts, pages]
  const count = things.reduce((sum, { length }) => sum + length, 0)
  return (
    <div className="found stack">
      <p className="visually-hidden" role="status">
        {t('find.count', { n: count })}
      </p>
      {count === 0 && (
        <Empty title={t('find.nothing')}>
          <p>{t('find.nothing.text')}</p>
        </Empty>
      )}
      <Group title={t('find.messages')} rows={messages.map(messageRow)} />
      <Group title={t('find.applications')} rows={applications.map(applicationRow)} />
      <Group title={t('find.endpoints')} rows={endpoints.map(endpointRow)} />
      <Group title={t('find.attempts')} rows={attempts.map(attemptRow)} />
      <Group title={t('find.pages')} rows={rowsOf(pages, 'page')} />
      <Group title={t('find.actions')} rows={rowsOf(pages, 'action')} />
    </div>
  )
}

interface Row {
  readonly to: string
  readonly name: string
  readonly about?: ReactNode
}

function messageRow(message: SearchOut['messages'][number]): Row {
  return {
    to: `/messages/${message.appId}/${message.id}`,
    name: message.eventType,
    about: (
      <>
        <VisibleText text={message.appName} />
        {' · '}
        <span className="mono">{message.id}</span>
        {message.eventId !== null && (
          <>
            {' · '}
            <span className="mono">
              <VisibleText text={message.eventId} />
            </span>
          </>
        )}
        {' · '}
        <Time at={message.timestamp} />
      </>
    ),
  }
}

function applicationRow({ id, uid, name }: SearchOut['applications'][number]): Row {
  return {
    to: `/applications/${id}`,
    name,
    about: <span className="mono">{uid === null ? id : `${uid} · ${id}`}</span>,
  }
}

function endpointRow(endpoint: SearchOut['endpoints'][number]): Row {
  return {
    to: `/endpoints/${endpoint.appId}/${endpoint.id}`,
    name: endpoint.url,
    about: (
      <>
        <VisibleText text={endpoint.appName} />
        {' · '}
        <span className="mono">{endpoint.id}</span>{' '}
        {endpoint.disabled && <Badge tone="idle">{t('applications.disabled')}</Badge>}
      </>
    ),
  }
}

function attemptRow(attempt: SearchOut['attempts'][number]): Row {
  const outcome = attempt.success ? 'find.attempt.delivered' : 'find.attempt.failed'
  return {
    to: `/messages/${attempt.appId}/${attempt.messageId}?attempt=${attempt.id}`,
    name: attempt.url,
    about: (
      <>
        <VisibleText text={attempt.appName} />
        {` · ${t(outcome, { n: attempt.number, code: attempt.responseStatusCode })} · `}
        <Time at={attempt.timestamp} />
      </>
    ),
  }
}

function rowsOf(pages: readonly FindPage[], kind: FindPage['kind']): Row[] {
  return pages
    .filter((page) => page.kind === kind)
    .map(({ path, title }) => ({ to: path, name: title }))
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null
  return (
    <section className="stack stack-small">
      <h3>{title}</h3>
      <ul className="found-list">
        {rows.map(({ to, name, about }) => (
          <li key={to}>
            <Link to={to}>
              <span className="strong-link">
                <VisibleText text={name} />
              </span>
              {about !== undefined && <span className="small soft">{about}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
