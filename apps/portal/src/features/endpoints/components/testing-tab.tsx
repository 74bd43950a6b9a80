import type { EndpointOut, EventTypeOut, MessageOut } from '@posthorn/contracts'
import {
  AttemptDetail,
  AttemptOutcome,
  DeliveryCanceled,
  Field,
  formatMs,
  Notice,
  Time,
  useAction,
  useIsPainted,
  VisibleText,
} from '@posthorn/ui'
import { useMemo, useState } from 'react'
import { CopyCurl } from '../../../components/copy-curl.tsx'
import { EgressAddresses } from '../../../components/egress-addresses.tsx'
import { Forbidden } from '../../../components/forbidden.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { exampleOf, useEventTypes } from '../../../lib/event-types.ts'
import { exampleOfSchema } from '../../../lib/example-of-schema.ts'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type SentTest, useTestAnswer } from '../api/use-test-answer.ts'
import { type Payload, PayloadEditor } from './payload-editor.tsx'
import { TestSteps } from './test-steps.tsx'

const PING = 'svix.ping'
const PING_EXAMPLE = '{\n  "success": true\n}'
const KEPT = 5

/** Sends an event type's example to this endpoint alone and shows the answer beside it. */
export function TestingTab({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayAttempt = useMay('CreateAttempts')
  const types = useEventTypes()
  if (!mayAttempt) return <Forbidden />
  return (
    <QueryView query={types}>
      {(known) => <Tester key={endpoint.id} endpoint={endpoint} types={known} />}
    </QueryView>
  )
}

interface TesterProps {
  readonly endpoint: EndpointOut
  readonly types: readonly EventTypeOut[]
}

function Tester({ endpoint, types }: TesterProps) {
  const client = useClient()
  const [asked, setType] = useSearchValue('example')
  const type = asked === '' ? PING : asked
  const example = useMemo(() => exampleFor(types, type), [types, type])
  const [sent, setSent] = useState<readonly Sent[]>([])
  const send = useAction({
    mutationFn: (payload: Payload | null) =>
      client.endpoints.sendExample(endpoint.id, {
        eventType: type,
        ...(payload === null ? {} : { payload }),
      }),
    onSuccess: (message) => setSent([asSent(message, endpoint.id), ...sent].slice(0, KEPT)),
  })
  const choose = (name: string) => {
    send.reset()
    setType(name)
  }
  return (
    <div className="columns">
      <section className="card stack">
        <h2>{t('testing.title')}</h2>
        <p className="soft">{t('testing.text')}</p>
        <TypeField {...{ types, type }} onChange={choose} />
        <PayloadEditor
          key={type}
          example={example.text}
          isKnown={example.isKnown}
          isSending={send.isPending}
          isDisabled={endpoint.disabled}
          onSend={(payload) => send.mutate(payload)}
        />
      </section>
      <section className="card stack" aria-live="polite">
        <h2>{t('testing.answer')}</h2>
        {send.error !== null && (
          <Notice tone="bad" isAlert>
            <p>{describeError(send.error)}</p>
          </Notice>
        )}
        <Answers sent={sent} />
      </section>
    </div>
  )
}

interface Sent extends SentTest {
  readonly eventType: string
  readonly sentAt: string
}

function asSent({ id, eventType, timestamp }: MessageOut, endpointId: string): Sent {
  return { messageId: id, endpointId, eventType, sentAt: timestamp }
}

/** The newest in full, and what those before it came to. */
function Answers({ sent: [newest, ...earlier] }: { readonly sent: readonly Sent[] }) {
  if (newest === undefined) return <p className="soft">{t('testing.none')}</p>
  return (
    <>
      <Answer key={newest.messageId} test={newest} />
      {earlier.length > 0 && <h3>{t('testing.earlier')}</h3>}
      {earlier.map((test) => (
        <EarlierAnswer key={test.messageId} test={test} />
      ))}
    </>
  )
}

function EarlierAnswer({ test }: { readonly test: Sent }) {
  const { data: answer } = useTestAnswer(test)
  const attempt = answer?.attempt ?? null
  return (
    <div className="row row-between">
      <div>
        <Link to={`/messages/${test.messageId}`}>
          <VisibleText text={test.eventType} />
        </Link>{' '}
        <span className="small soft">
          <Time at={test.sentAt} />
        </span>
      </div>
      {attempt !== null && (
        <div>
          <AttemptOutcome attempt={attempt} />
          <span className="small soft">{formatMs(attempt.responseDurationMs)}</span>
        </div>
      )}
      {answer?.state?.statusText === 'canceled' && <DeliveryCanceled state={answer.state} />}
    </div>
  )
}

interface TypeFieldProps {
  readonly types: readonly EventTypeOut[]
  readonly type: string
  readonly onChange: (name: string) => void
}

function TypeField({ types, type, onChange }: TypeFieldProps) {
  const isPainted = useIsPainted()
  const names = isPainted ? [PING, ...types.map(({ name }) => name)] : [type]
  return (
    <Field label={t('list.filter.type')}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={type}
          onChange={(event) => onChange(event.target.value)}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface Shown {
  readonly text: string
  /** Of the catalog: the server has it too. */
  readonly isKnown: boolean
}

/** Its example, else one made from its schema, else an object to fill. */
function exampleFor(types: readonly EventTypeOut[], name: string): Shown {
  if (name === PING) return { text: PING_EXAMPLE, isKnown: true }
  const type = types.find((candidate) => candidate.name === name)
  const known = type === undefined ? null : exampleOf(type)
  if (known !== null) return { text: known, isKnown: true }
  const [schema] = Object.values(type?.schemas ?? {})
  const made = schema === undefined ? null : exampleOfSchema(schema)
  const isObject = typeof made === 'object' && made !== null && !Array.isArray(made)
  return { text: isObject ? JSON.stringify(made, null, 2) : '{\n  \n}', isKnown: false }
}

function Answer({ test }: { readonly test: Sent }) {
  const query = useTestAnswer(test)
  return (
    <QueryView query={query}>
      {({ attempt, state, asOf }) => {
        if (state?.statusText === 'canceled') return <DeliveryCanceled state={state} />
        if (attempt === null) return <TestSteps sentAt={test.sentAt} {...{ state, asOf }} />
        return (
          <>
            <div className="row">
              <CopyCurl attempt={attempt} />
              <Link to={`/messages/${attempt.msgId}?attempt=${attempt.id}`}>
                {t('testing.open')}
              </Link>
            </div>
            <AttemptDetail
              attempt={attempt}
              remedy={<EgressAddresses code={attempt.outcome.code} />}
            />
          </>
        )
      }}
    </QueryView>
  )
}
