import type { AttemptTiming, MessageAttemptOut } from '@posthorn/contracts'
import { Notice, VisibleText } from '@posthorn/ui'
import { decodeBinary } from '../lib/decode-binary.ts'
import { formatMs } from '../lib/format.ts'
import { t } from '../lib/text.ts'
import { Cause } from './cause.tsx'
import { CodeBlock } from './code-block.tsx'
import { CopyButton } from './copy-button.tsx'
import { DeliveryStatus } from './delivery-status.tsx'
import { FullTime, Time } from './time.tsx'

/** One attempt, whole: what came of it and why, what was asked, what was answered, and where the time went. */
export function AttemptDetail({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const hasFailed = attempt.statusText !== 'success'
  return (
    <div className="stack">
      {hasFailed && (
        <Notice tone="bad">
          <Cause attempt={attempt} />
          <p className="small">
            {attempt.nextAttempt === null ? (
              t('attempt.noNext')
            ) : (
              <>
                {t('attempt.next')} <Time at={attempt.nextAttempt} /> (
                <FullTime at={attempt.nextAttempt} />)
              </>
            )}
          </p>
        </Notice>
      )}
      <Facts attempt={attempt} />
      <Timing timing={attempt.timing} />
      <Request attempt={attempt} />
      <Answer attempt={attempt} />
    </div>
  )
}

function Facts({ attempt }: { readonly attempt: MessageAttemptOut }) {
  return (
    <dl className="facts">
      <dt>{t('attempt.outcome')}</dt>
      <dd>
        <DeliveryStatus status={attempt.statusText} />
      </dd>
      <dt>{t('attempt.number')}</dt>
      <dd>
        {attempt.attemptNumber} (
        {attempt.triggerType === 1 ? t('trigger.manual') : t('trigger.schedule')})
      </dd>
      <dt>{t('attempt.at')}</dt>
      <dd>
        <FullTime at={attempt.timestamp} />
      </dd>
      <dt>{t('attempt.took')}</dt>
      <dd>{formatMs(attempt.responseDurationMs)}</dd>
      <dt>{t('attempt.id')}</dt>
      <dd className="row">
        <span className="mono">{attempt.id}</span>
        <CopyButton what={t('attempt.id')} text={() => attempt.id} />
      </dd>
    </dl>
  )
}

const PHASES = ['dns', 'connect', 'tls', 'wait', 'body'] as const

function Timing({ timing }: { readonly timing: AttemptTiming }) {
  const phases = PHASES.flatMap((phase) => {
    const ms = timing[`${phase}Ms`]
    return ms === null ? [] : [{ phase, ms }]
  })
  if (phases.length === 0) return null
  const totalMs = Math.max(
    1,
    phases.reduce((sum, { ms }) => sum + ms, 0),
  )
  return (
    <figure className="stack stack-small">
      <figcaption>
        <h3>{t('attempt.timing')}</h3>
      </figcaption>
      <div className="timing-bar" aria-hidden="true">
        {phases.map(({ phase, ms }) => (
          <span key={phase} data-phase={phase} style={{ flexGrow: Math.max(ms / totalMs, 0.01) }} />
        ))}
      </div>
      <ul className="timing-legend small">
        {phases.map(({ phase, ms }) => (
          <li key={phase}>
            <i data-phase={phase} aria-hidden="true" />
            {t(`timing.${phase}`)} {formatMs(ms)}
          </li>
        ))}
      </ul>
    </figure>
  )
}

function Request({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const { request } = attempt
  return (
    <section className="stack stack-small">
      <h3>{t('attempt.request')}</h3>
      <p className="mono">
        POST <VisibleText text={request?.url ?? attempt.url} />
      </p>
      {request == null ? (
        <p className="small soft">{t('attempt.requestHeaders', { id: attempt.msgId })}</p>
      ) : (
        <>
          <HeaderList headers={request.headers} withheld={request.withheld} />
          {!request.hasCustomHeaders && <p className="small soft">{t('attempt.customUnknown')}</p>}
        </>
      )}
    </section>
  )
}

interface HeaderListProps {
  readonly headers: Readonly<Record<string, string>>
  readonly withheld?: readonly string[]
}

function HeaderList({ headers, withheld = [] }: HeaderListProps) {
  const rows = [...Object.entries(headers), ...withheld.map((name) => [name, null] as const)]
  if (rows.length === 0) return null
  return (
    <dl className="facts mono">
      {rows.map(([name, value]) => (
        <div className="facts-row" key={name}>
          <dt>
            <VisibleText text={name} />
          </dt>
          <dd>
            {value === null ? (
              <em className="soft">{t('attempt.withheld')}</em>
            ) : (
              <VisibleText text={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Answer({ attempt }: { readonly attempt: MessageAttemptOut }) {
  if (attempt.responseStatusCode === 0)
    return (
      <section className="stack stack-small">
        <h3>{t('attempt.response')}</h3>
        <p className="soft">{t('attempt.noResponse')}</p>
      </section>
    )
  return (
    <section className="stack stack-small">
      <h3>
        {t('attempt.response')}: {attempt.responseStatusCode}
      </h3>
      <HeaderList headers={attempt.responseHeaders ?? {}} />
      {attempt.response === '' ? (
        <p className="soft">{t('attempt.emptyBody')}</p>
      ) : (
        <Body text={attempt.response} />
      )}
    </section>
  )
}

/** What is no text is stored in Base64: what can be read of it says more than that. */
function Body({ text }: { readonly text: string }) {
  const decoded = decodeBinary(text)
  if (decoded === null) return <CodeBlock label={t('attempt.body')} text={text} />
  return (
    <>
      <CodeBlock label={t('attempt.body')} text={decoded} original={text} />
      <p className="small soft">{t('attempt.binary')}</p>
    </>
  )
}
