import type { MessageAttemptOut, MessageEndpointOut } from '@posthorn/contracts'
import type { ReactNode } from 'react'
import { AttemptTimingBar } from './attempt-timing.tsx'
import { AttemptVerdict } from './attempt-verdict.tsx'
import { bytesText } from './bytes-text.ts'
import { CodeBlock } from './code-block.tsx'
import { Copyable } from './copyable.tsx'
import { decodeBinary } from './decode-binary.ts'
import { DeliveryStatus } from './delivery-status.tsx'
import { doneByText } from './done-by.ts'
import { formatMs } from './format-ms.ts'
import { TimeAndUtc } from './time.tsx'
import { VisibleText } from './visible-text.tsx'
import { t } from './words.ts'

interface Others {
  readonly attempts: readonly MessageAttemptOut[]
  readonly destinations: readonly MessageEndpointOut[] | undefined
}

/** Whether the next attempt that it tells of was made, earlier perhaps than it says, or will never be. */
export function isPastAttempt(attempt: MessageAttemptOut, { attempts, destinations }: Others) {
  const { endpointId, id } = attempt
  const to = destinations?.find((one) => one.id === endpointId)
  const isFollowed = attempts.some(
    (one) => one.endpointId === endpointId && one.triggerType === 0 && one.id > id,
  )
  return isFollowed || (to !== undefined && to.statusText !== 'sending')
}

interface AttemptDetailProps {
  readonly attempt: MessageAttemptOut
  readonly isPast?: boolean
  /** Of the secret that signed it; null: not known. */
  readonly fingerprint?: string | null
  /** To the task that asked for it. */
  readonly taskLink?: (taskId: string) => ReactNode
  /** Beneath its cause. */
  readonly remedy?: ReactNode
}

/** One attempt, whole: what came of it and why, what was asked, what was answered, and where the time went. */
export function AttemptDetail({
  attempt,
  isPast = false,
  fingerprint = null,
  taskLink,
  remedy,
}: AttemptDetailProps) {
  return (
    <div className="stack">
      <AttemptVerdict {...{ attempt, isPast, remedy }} />
      <Facts {...{ attempt, fingerprint, taskLink }} />
      <AttemptTimingBar timing={attempt.timing} />
      <Request attempt={attempt} />
      <Answer attempt={attempt} />
    </div>
  )
}

interface FactsProps {
  readonly attempt: MessageAttemptOut
  readonly fingerprint: string | null
  readonly taskLink: AttemptDetailProps['taskLink']
}

function Facts({ attempt, fingerprint, taskLink }: FactsProps) {
  const task = attempt.taskId == null ? undefined : taskLink?.(attempt.taskId)
  return (
    <dl className="facts">
      <dt>{t('attempt.outcome')}</dt>
      <dd>
        <DeliveryStatus status={attempt.statusText} />
      </dd>
      <dt>{t('attempt.number')}</dt>
      <dd>
        {attempt.attemptNumber} (<VisibleText text={triggerText(attempt)} />)
      </dd>
      {task !== undefined && (
        <>
          <dt>{t('attempt.task')}</dt>
          <dd>{task}</dd>
        </>
      )}
      <dt>{t('attempt.at')}</dt>
      <dd>
        <TimeAndUtc at={attempt.timestamp} />
      </dd>
      <dt>{t('attempt.took')}</dt>
      <dd>{formatMs(attempt.responseDurationMs)}</dd>
      {attempt.remoteAddress !== null && (
        <>
          <dt>{t('attempt.remoteAddress')}</dt>
          <dd>
            <Copyable what={t('attempt.remoteAddress')} text={attempt.remoteAddress} />
          </dd>
        </>
      )}
      {fingerprint !== null && (
        <>
          <dt>{t('attempt.fingerprint')}</dt>
          <dd>{t('attempt.fingerprint.text', { fingerprint })}</dd>
        </>
      )}
      <dt>{t('attempt.id')}</dt>
      <dd>
        <Copyable what={t('attempt.id')} text={attempt.id} />
      </dd>
    </dl>
  )
}

/** Whether the schedule asked for it, or a person, and who as far as that is known here. */
export function triggerText({ triggerType, by }: Pick<MessageAttemptOut, 'triggerType' | 'by'>) {
  if (triggerType === 0) return t('trigger.schedule')
  return by == null ? t('trigger.manual') : t('trigger.manualBy', { by: doneByText(by) })
}

function Request({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const { request } = attempt
  return (
    <section className="stack stack-small">
      <h3>{t('attempt.request')}</h3>
      <p className="row">
        <span className="mono">POST</span>
        <Copyable what={t('attempt.url')} text={request?.url ?? attempt.url} />
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
              <Copyable what={name} text={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Answer({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const { cutAt } = attempt.outcome.params
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
      {typeof cutAt === 'number' && (
        <p className="small soft">{t('attempt.cutAt', { bytes: bytesText(cutAt) })}</p>
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
