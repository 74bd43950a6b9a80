import type { EndpointOut, EventTypeOut, MessageAttemptOut } from '@posthorn/contracts'
import {
  AttemptDetail,
  Empty,
  Field,
  Notice,
  Skeleton,
  useAction,
  useIsPainted,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { exampleOf, useEventTypes } from '../../../lib/event-types.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Payload, PayloadEditor } from './payload-editor.tsx'

const PING = 'svix.ping'
const PING_EXAMPLE = '{\n  "success": true\n}'
const LOOK_MS = 400

/** Sends an event type's example to this endpoint alone and shows the answer beside it. */
export function TestingTab({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayAttempt = useMay('CreateAttempts')
  const types = useEventTypes()
  if (!mayAttempt)
    return (
      <Empty title={t('state.forbidden.title')}>
        <p>{t('state.forbidden.text')}</p>
      </Empty>
    )
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
  const example = type === PING ? PING_EXAMPLE : (exampleText(types, type) ?? '{\n  \n}')
  const send = useAction({
    mutationFn: (payload: Payload | null) =>
      client.endpoints.sendExample(endpoint.id, {
        eventType: type,
        ...(payload === null ? {} : { payload }),
      }),
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
          example={example}
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
        {send.data === undefined ? (
          <p className="soft">{t('testing.none')}</p>
        ) : (
          <Answer key={send.data.id} messageId={send.data.id} />
        )}
      </section>
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

function exampleText(types: readonly EventTypeOut[], name: string): string | null {
  const type = types.find((candidate) => candidate.name === name)
  return type === undefined ? null : exampleOf(type)
}

/** Looks until the one attempt of the test is there. */
function Answer({ messageId }: { readonly messageId: string }) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['test-answer', messageId],
    queryFn: async ({ signal }): Promise<MessageAttemptOut | null> => {
      const page = await client.attempts.listByMessage(messageId, { limit: 1 }, { signal })
      return page.data[0] ?? null
    },
    refetchInterval: ({ state }) => (state.data == null ? LOOK_MS : false),
  })
  return (
    <QueryView query={query}>
      {(attempt) =>
        attempt === null ? (
          <Skeleton label={t('testing.waiting')} />
        ) : (
          <AttemptDetail attempt={attempt} />
        )
      }
    </QueryView>
  )
}
