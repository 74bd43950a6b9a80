import type { Client } from '@posthorn/client'
import type { MessageAttemptOut } from '@posthorn/contracts'
import { base64Bytes, curlCommand, isExpired, toast } from '@posthorn/ui'
import { copyText } from '../components/copy-button.tsx'
import { describeError } from '../components/query-view.tsx'
import { useClient, useMay } from './client.tsx'
import { signAgain } from './sign-again.ts'
import { t } from './text.ts'

type Named = Pick<MessageAttemptOut, 'id' | 'msgId' | 'endpointId'>
/** Without an id: the newest attempt of that delivery. */
type Asked = Omit<Named, 'id'> & Partial<Pick<Named, 'id'>>

/** Copies an attempt as a line for a shell: what was sent, signed anew where the secret may be seen, so that it is taken now. */
export function useCopyCurl() {
  const client = useClient()
  const commandOf = useCommand()
  return async (asked: Asked, beside?: HTMLElement): Promise<void> => {
    try {
      const id = asked.id ?? (await newestAttemptId(client, asked))
      if (id === null) return toast(t('attempts.curl.none'))
      const command = await commandOf({ ...asked, id })
      if (command === null) toast(t('message.expired'))
      else await copyText(t('attempts.curl'), command, beside)
    } catch (err) {
      toast(describeError(err))
    }
  }
}

async function newestAttemptId(client: Client, asked: Omit<Named, 'id'>): Promise<string | null> {
  const query = { endpoint_id: asked.endpointId, limit: 1, with_content: false }
  const { data } = await client.attempts.listByMessage(asked.msgId, query)
  return data[0]?.id ?? null
}

/** Null: the payload is gone. */
function useCommand(): (attempt: Named) => Promise<string | null> {
  const client = useClient()
  const maySign = useMay('ViewEndpointSecret')
  return async (named) => {
    const [attempt, { message, payloadText }] = await Promise.all([
      client.attempts.get(named.msgId, named.id),
      client.messages.get(named.msgId),
    ])
    if (isExpired(payloadText)) return null
    const base64 = message.payloadBase64
    const text = message.payloadText ?? payloadText
    const body = base64 === undefined ? new TextEncoder().encode(text) : base64Bytes(base64)
    const signed = maySign ? await signNow(client, named, body) : null
    return curlCommand({
      url: attempt.request?.url ?? attempt.url,
      headers: headersOf(attempt, signed),
      body: base64 ?? text,
      isBase64: base64 !== undefined,
    })
  }
}

type Signed = Awaited<ReturnType<typeof signAgain>>

async function signNow(
  client: Client,
  { msgId, endpointId }: Named,
  body: Uint8Array<ArrayBuffer>,
): Promise<Signed> {
  const [{ key }, { now }] = await Promise.all([
    client.endpoints.secret(endpointId),
    client.endpoints.secrets(endpointId),
  ])
  const timestampSeconds = Math.floor(Date.parse(now) / 1000)
  return signAgain({ secret: key, id: msgId, timestampSeconds, body })
}

/** What isn't known is left to be filled in. */
function headersOf(
  { request, msgId }: Pick<MessageAttemptOut, 'request' | 'msgId'>,
  signed: Signed,
): [string, string][] {
  const known = request?.headers ?? {
    'content-type': 'application/json',
    'webhook-id': msgId,
    'webhook-timestamp': '…',
  }
  const withheld = request?.withheld ?? ['webhook-signature']
  const all = { ...known, ...Object.fromEntries(withheld.map((name) => [name, '…'])) }
  return Object.entries(all).map(([name, value]) => {
    if (signed !== null && /^(?:webhook|svix)-timestamp$/.test(name))
      return [name, signed.timestamp]
    if (signed !== null && /^(?:webhook|svix)-signature$/.test(name))
      return [name, signed.signature]
    return [name, value]
  })
}
